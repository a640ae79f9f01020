"""A server over TLS whose certificate, headers and pages are hostile."""
import contextlib, socketserver, ssl, subprocess, threading

ANSWER = (
    b"HTTP/1.1 200 \x9bOK\r\nServer: PWNED\x9b31m\xc2\x9b31m\xe2\x80\xae\r\nContent-Type: text/plain;\xc2\x9bcharset=x\r\n"
    b"Set-Cookie: sid\xc2\x9b31m\xe2\x80\xaePWNED=1; Path=/\xe2\x80\xae; Domain=\xc2\x9b\r\nLocation: \xc2\x9bPWNED\r\n"
    b"Content-Security-Policy: default-src PWNED\xc2\x9b\xe2\x80\xae; default-src\r\nStrict-Transport-Security: max-age=\xe2\x80\xae1\r\n"
    b"Referrer-Policy: \xe2\x80\xaePWNED\r\nConnection: close\r\n\r\n"
    b"Contact: PWNED\x1b]0;PWNED\x07\xe2\x80\xae\nExpires: \xc2\x9b31m\n\x1b[31mline without colon\n\xe2\x80\xaename: x\n")


class Handler(socketserver.BaseRequestHandler):
    def handle(self):
        with contextlib.suppress(OSError):
            self.request.settimeout(5)
            self.request.recv(65536)
            self.request.sendall(ANSWER)


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address, daemon_threads = True, True

    def get_request(self):
        plain, address = self.socket.accept()
        plain.settimeout(5)
        return self.context.wrap_socket(plain, server_side=True), address

    def handle_error(self, request, address):
        pass


@contextlib.contextmanager
def serve(folder):
    """The port of the server; its certificate lies in the folder."""
    name = "/CN=PWNED\x1b[31m\u202e\x9b\u200b/O=\x1b]0;PWNED\x07"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "10", "-utf8", "-keyout", "key.pem", "-out", "cert.pem", "-subj",
         name, "-addext", "subjectAltName=DNS:localhost"], cwd=folder, check=True, capture_output=True)
    with Server(("127.0.0.1", 0), Handler) as server:
        server.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        server.context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()

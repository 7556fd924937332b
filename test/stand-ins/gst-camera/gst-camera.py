#!/usr/bin/python3
"""A camera that somebody else has written: gst-rtsp-server plays FILE. Prints its port; ends with its standard input."""
import sys
import threading

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import Gio, GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402

file, user, manner, password = sys.argv[1], sys.argv[2], sys.argv[3], sys.stdin.readline().strip()
Gst.init(None)
server = GstRtspServer.RTSPServer()
server.set_address("127.0.0.1")
server.set_service("0")
factory = GstRtspServer.RTSPMediaFactory()
factory.set_shared(manner == "shared" or manner.endswith(":shared"))
if manner == "udp":
    factory.set_protocols(GstRtsp.RTSPLowerTrans.UDP)
coders = {
    "x264": "x264enc tune=zerolatency speed-preset=veryfast key-int-max=20 bitrate=1000 ! rtph264pay",
    "x265": "x265enc tune=zerolatency speed-preset=ultrafast key-int-max=20 bitrate=1000 ! rtph265pay",
}
if manner.startswith("coded:"):
    # The camera's own encoder, working while it plays: FILE is Matroska with MJPEG.
    coder = coders[manner.split(":")[1]]
    factory.set_launch(f'( filesrc location="{file}" ! matroskademux ! jpegdec ! videoconvert ! video/x-raw,format=I420 ! {coder} name=pay0 pt=96 config-interval=1 )')
else:
    factory.set_launch(f'( filesrc location="{file}" ! qtdemux ! h264parse ! rtph264pay name=pay0 pt=96 config-interval=0 )')
if user:
    auth = GstRtspServer.RTSPAuth()
    if manner.startswith("tls:"):
        auth.set_tls_certificate(Gio.TlsCertificate.new_from_file(manner[4:]))
    auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
    token = GstRtspServer.RTSPToken()
    token.set_string("media.factory.role", "viewer")
    auth.add_digest(user, password, token)
    server.set_auth(auth)
    permissions = GstRtspServer.RTSPPermissions()
    permissions.add_permission_for_role("viewer", "media.factory.access", True)
    permissions.add_permission_for_role("viewer", "media.factory.construct", True)
    factory.set_permissions(permissions)
server.get_mount_points().add_factory("/night", factory)
server.attach(None)
print(server.get_bound_port(), flush=True)
loop = GLib.MainLoop()
threading.Thread(target=lambda: (sys.stdin.read(), loop.quit()), daemon=True).start()
loop.run()

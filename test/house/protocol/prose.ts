/** Pure. The words of docs/protocol.md between its tables; {{name}} is where a table comes. */
export const prose = `# Protocol

*Written by \`npm run write:protocol\` out of the tables in \`shared/src/wire\`, \`shared/src/desk\` and \`shared/src/fault\`; a test fails where this page says
something else. Do not edit it: edit \`test/house/protocol/prose.ts\`, \`words.ts\` or the tables.*

For whoever writes another unit, or another console, for the same relay. [words.md](words.md) explains what the words mean, [architecture.md](architecture.md) why it is like
this.

\`\`\`
unit ──── MQTT over WebSocket (2) ────► relay ◄──── HTTP (5) ────────── console
     ──── picture socket (3) ─────────►       ──── live stream (6) ───►
                                              ──── picture socket (3) ─►
\`\`\`

- **A unit** needs an Ed25519 key pair, a name and a token (\`nattfrid-relay add-unit\`), and the municipality's public key. It connects to \`/mqtt\`, subscribes to
  its \`down\` topics, says \`announce\` and then \`vitals\` every 30 s. It takes a \`plan-letter\`, checks its signature itself, and answers a \`look-call\` by its own copy of the plan.
- **A console** signs in, follows the live stream, and opens a look with a fresh X25519 key. It checks the unit's signature in the opening with the key that it knows of
  that unit, and opens the pictures by itself. The relay cannot.

In the tables, \`name?\` may be absent. Text is UTF-8, times are ISO 8601 in UTC, bytes in JSON are base64url without padding (RFC 4648 §5). Whoever reads passes
over fields that it does not know.

## 1 Connections
Everything ends at the relay's one port, over TLS where the relay has a certificate.

{{sockets}}

A browser's requests must come from the console's own page (\`Origin\` and \`Sec-Fetch-Site\` are checked); programs that are no browsers send neither. Every WebSocket is pinged
every 15 s, the one of MQTT only where nothing has come from the unit since, and one that does not answer is cut.

## 2 Messages between unit and relay
MQTT 3.1.1. The client id is the unit's name. Sessions are clean: both ends remember for themselves.
Topics: \`nattfrid/v1/UNIT/up/NAME\` for what a unit says, \`nattfrid/v1/UNIT/down/NAME\` for what it is told. A unit subscribes to \`nattfrid/v1/UNIT/down/+\`. It may publish
its own \`up\` topics and nothing else: a packet on any other topic cuts the connection. Its last will is an \`announce\` with \`"state": "gone"\`, retained, or none.

Each message is JSON of at most {{longest message}} bytes, in an envelope:

{{envelope}}

- **Acknowledged means saved.** The relay sends PUBACK when the message is on its disk. A unit keeps what it says with QoS 1 until then, over restarts, and sends it again with the
  same \`id\`; a second one of the same \`id\` is acknowledged and dropped.
- **A message that is wrong** is acknowledged too, counted and dropped: it would be sent for ever.
- The relay does not queue for a unit that is away: it tells the plan and the room again when the unit announces older ones, and a look that cannot be called has failed.

{{messages}}

{{each message}}
### Codes of evidence
A console has words for these; it shows any other code as it is.

{{evidence codes}}

## 3 Pictures
Binary WebSocket messages of at most {{longest picture}} bytes: one byte that says the kind, then the rest. The relay reads the first byte, and passes the rest on as it is.

{{packets}}

A connection, in order:

1. The unit connects with \`?look=ID\`; or it has stood by, and its first packet is \`assign\`.
2. \`opening\`: once for each connection, with a fresh HPKE agreement. After a reconnect everything before is void.
3. \`key\`, then \`delta\`s. A viewer that cannot decode says \`want-key\`.
4. The viewer says \`ack\` for each picture. The unit encodes nothing while too much is under way ([picture-rate-control.md](picture-rate-control.md)).
5. \`notice\` whenever there is something to say.

A viewer that has heard nothing for 1.5 s, not even a \`beat\`, connects again; on close code 4000 it does not.

**When a picture was taken** stands in the picture itself, under the seal, as H.264 user data (ITU-T H.264 D.1.7), before the picture's own units and behind an access unit delimiter:

| bytes | what |
| --- | --- |
| \`00 00 00 01\` | start code |
| \`06 05 16\` | SEI, user_data_unregistered, 22 bytes |
| 16 | the name, ASCII: \`Nattfrid-taken-1\` |
| 6 | milliseconds since 1970 by the unit's clock, in six digits of 7 bits, the most significant first; the high bit of each byte is set |
| \`80\` | end |

It says which of two pictures is older, and by how much; the console counts ages from the quickest picture of the look, and asks no clock to be right.

## 4 Sealing
| step | how |
| --- | --- |
| the console's key | X25519, fresh for each look and camera; 32 bytes as \`operatorKey\` |
| agreement | HPKE (RFC 9180), base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-128-GCM; info: \`nattfrid v1 look LOOK\` |
| picture key | HPKE export (§5.3), context \`nattfrid v1 pictures\`, 16 bytes: the SFrame base key, key id 0 |
| each packet | SFrame (RFC 9605), AES_128_GCM_SHA256_128 (0x0004), counter from 0 for each connection; metadata: \`nattfrid v1 KIND\`, with KIND \`key\`, \`delta\` or \`notice\` |
| repetitions | whoever opens refuses a counter that is not higher than the last, and an \`encapsulated\` that it has seen in this look |
| signatures | Ed25519 (RFC 8032) over the bytes \`nattfrid v1 THING\`, one zero byte, then what is signed |

What is signed, by THING. A claim is its fields one after the other, each behind its length in two bytes (most significant first):

| THING | by whom | over |
| --- | --- | --- |
| \`plan\` | municipality, or the signer that the letter names | the bytes of \`body\` in a PlanLetter |
| \`plan-signer\` | municipality | the bytes of \`body\` in a SignerLetter: who may sign plans for it, and until when |
| \`municipality-successor\` | the municipality's old key, and its new one | claim: old, next (base64url), at |
| \`municipality-possession\` | municipality | claim: organisation, key (base64url), at |
| \`console-voucher\` | municipality | the bytes of \`body\` in a VoucherLetter |
| \`service-call\` | console | claim: unit, \`wipe\`, nonce, time; or: unit, \`choose-camera\`, camera, encapsulated and sealed of the login (base64url, nothing where there is none), nonce, time |
| \`look-opening\` | unit | claim: look, operatorKey (32 bytes), encapsulated (32 bytes), codec, \`WIDTHxHEIGHT\` |
| \`console-asking\` | console | claim: unit, \`window\` or \`alarm\`, the window's id or the alarm's, look (or nothing), operatorKey (base64url), time |
| \`audit-head\` | relay | JSON of the list of \`at\`, \`lines\`, \`head\` in a head file of the audit log |
| \`console-wish\` | console | claim: unit, look, operatorKey (base64url), mode, time |

Test vectors of both RFCs: \`fixtures/vectors\`.

## 5 HTTP
JSON both ways; only [exportAudit](#route-exportaudit) answers with text/csv. A session is a cookie, set by [signIn](#route-signin). The same as OpenAPI 3.1: \`GET /api/openapi.json\`; without a session also \`GET /healthz\`. \`GET /metrics\`
has a listener of its own (\`metricsPort\`). An error is an [ErrorAnswer](#type-erroranswer) with the HTTP status of section 8.

{{routes}}

{{each route}}
## 6 The live stream
\`/live\`: JSON, one [LiveEvent](#type-liveevent) a message, relay to console. The first is the whole desk; each change follows; a \`beat\` every 5 s. A console that has
heard nothing for longer says on the screen that what it shows may be old. Whoever does not keep up is cut, and gets a fresh desk when it comes back.

## 7 Close codes
Why the relay closes a WebSocket (RFC 6455 §7.4.2: 4000 and up are ours).

{{close codes}}

## 8 Faults
One table of codes for both ends, for errors of the API and for log lines.

{{faults}}

## 9 Types
{{types}}
## 10 Versions
- The version stands in the topic (\`nattfrid/v1\`), in each envelope (\`"v": 1\`) and in every text that is signed (\`nattfrid v1 …\`). A message of another version is refused as
  \`message-wrong-version\`.
- **What may change within version 1**: a new message, a new field that may be absent, a new value of an enumeration where the reader has words for «something else». A unit in a
  home may be older or newer than the relay, in both directions.
- **What may not**: a field that is taken away, gets another meaning, or must be there where it need not before.
- **What holds it**: \`fixtures/messages/v1\` has letters as they were once sent. Each must still be read, and written again the same (\`test/pure/shared/wire.test.ts\`). A letter
  there is never changed; whoever adds a message or a field adds a letter.
`;

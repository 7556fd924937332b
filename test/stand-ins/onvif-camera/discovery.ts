/** Answers WS-Discovery on the loopback interface, as a camera does in its network (OASIS WS-Discovery 1.0, ONVIF Core §7). */
import { createSocket } from 'node:dgram';
import type { OnvifCameraState } from './state.ts';
import { textOf, xml } from './xml.ts';

const [group, port] = ['239.255.255.250', 3702] as const;

/** @param address of the camera's device service */
export async function answerProbes(
  state: OnvifCameraState,
  address: string,
  manner: 'well' | 'rubbish' = 'well',
): Promise<Disposable> {
  const socket = createSocket({ type: 'udp4', reuseAddr: true });
  socket.on('message', (message, from) => {
    const probe = message.toString();
    if (!probe.includes('Probe')) return;
    const said = manner === 'rubbish' ? '<a><b></a>' : match(state, address, textOf(probe, 'MessageID') ?? '');
    socket.send(said, from.port, from.address);
  });
  await new Promise<void>((resolve) => socket.bind(port, group, resolve));
  socket.addMembership(group, '127.0.0.1');
  return { [Symbol.dispose]: () => socket.close() };
}

const match = ({ maker, model, endpoint }: OnvifCameraState, address: string, relatesTo: string): string => {
  const scopes = ['type/video_encoder', `hardware/${encodeURIComponent(model)}`, `name/${encodeURIComponent(maker)}`];
  return `<?xml version="1.0" encoding="UTF-8"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery" xmlns:dn="http://www.onvif.org/ver10/network/wsdl"><s:Header><a:RelatesTo>${xml(relatesTo)}</a:RelatesTo></s:Header><s:Body><d:ProbeMatches><d:ProbeMatch><a:EndpointReference><a:Address>${xml(endpoint)}</a:Address></a:EndpointReference><d:Types>dn:NetworkVideoTransmitter</d:Types><d:Scopes>${scopes.map((one) => xml(`onvif://www.onvif.org/${one}`)).join(' ')}</d:Scopes><d:XAddrs>${xml(address)}</d:XAddrs><d:MetadataVersion>1</d:MetadataVersion></d:ProbeMatch></d:ProbeMatches></s:Body></s:Envelope>`;
};

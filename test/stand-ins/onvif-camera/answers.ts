/** Pure. What an ONVIF camera of ours answers to each operation (ONVIF Core, Media, Media2 and Imaging), and how it is changed. */
import type { EncoderState, OnvifCameraState, OnvifManner, StreamState } from './state.ts';
import { attributeOf, envelope, soapFault, textOf, xml } from './xml.ts';

export interface Asked {
  readonly state: OnvifCameraState;
  readonly manner: OnvifManner | undefined;
  /** The camera's own time. */
  readonly now: number;
  /** This machine's time. */
  readonly trueNow: number;
  /** `http://host:port` under which it was asked. */
  readonly base: string;
  readonly request: string;
}

type Answer = (asked: Asked) => string;

const services = (base: string, media2: boolean): string =>
  [
    ['http://www.onvif.org/ver10/device/wsdl', '/onvif/device_service'],
    ['http://www.onvif.org/ver10/media/wsdl', '/onvif/media'],
    ...(media2 ? [['http://www.onvif.org/ver20/media/wsdl', '/onvif/media2']] : []),
    ['http://www.onvif.org/ver20/imaging/wsdl', '/onvif/imaging'],
  ]
    .map(
      ([space, path]) =>
        `<tds:Service><tds:Namespace>${space}</tds:Namespace><tds:XAddr>${base}${path}</tds:XAddr><tds:Version><tt:Major>2</tt:Major><tt:Minor>6</tt:Minor></tds:Version></tds:Service>`,
    )
    .join('');

const time = (now: number): string => {
  const at = new Date(now);
  return `<tt:UTCDateTime><tt:Time><tt:Hour>${at.getUTCHours()}</tt:Hour><tt:Minute>${at.getUTCMinutes()}</tt:Minute><tt:Second>${at.getUTCSeconds()}</tt:Second></tt:Time><tt:Date><tt:Year>${at.getUTCFullYear()}</tt:Year><tt:Month>${at.getUTCMonth() + 1}</tt:Month><tt:Day>${at.getUTCDate()}</tt:Day></tt:Date></tt:UTCDateTime>`;
};

const isMedia2 = ({ request }: Asked) => request.includes('http://www.onvif.org/ver20/media/wsdl');

function encoder(one: EncoderState, tag: string, media2: boolean): string {
  const gov = media2 ? ` GovLength="${one.govLength}" Profile="Main"` : '';
  const h264 = `<tt:H264><tt:GovLength>${one.govLength}</tt:GovLength><tt:H264Profile>Main</tt:H264Profile></tt:H264>`;
  // Media (ver10) knows no H.265: cameras say H264 there.
  const encoding = media2 || one.encoding !== 'H265' ? one.encoding : 'H264';
  return `<${tag} token="${xml(one.token)}"${gov}><tt:Name>${xml(one.name)}</tt:Name><tt:UseCount>1</tt:UseCount><tt:Encoding>${encoding}</tt:Encoding><tt:Resolution><tt:Width>${one.width}</tt:Width><tt:Height>${one.height}</tt:Height></tt:Resolution><tt:Quality>5</tt:Quality><tt:RateControl><tt:FrameRateLimit>${one.rate}</tt:FrameRateLimit>${media2 ? '' : '<tt:EncodingInterval>1</tt:EncodingInterval>'}<tt:BitrateLimit>${one.kilobits}</tt:BitrateLimit></tt:RateControl>${media2 ? '' : h264}<tt:Multicast><tt:Address><tt:Type>IPv4</tt:Type><tt:IPv4Address>0.0.0.0</tt:IPv4Address></tt:Address><tt:Port>0</tt:Port><tt:TTL>1</tt:TTL><tt:AutoStart>false</tt:AutoStart></tt:Multicast><tt:SessionTimeout>PT60S</tt:SessionTimeout></${tag}>`;
}

const profile = (one: StreamState, media2: boolean): string => {
  const source = (tag: string) =>
    `<${tag} token="source-config"><tt:Name>source</tt:Name><tt:SourceToken>source-1</tt:SourceToken></${tag}>`;
  return media2
    ? `<tr2:Profiles token="${xml(one.profile)}" fixed="true"><tr2:Name>${xml(one.name)}</tr2:Name><tr2:Configurations>${source('tr2:VideoSource')}${encoder(one.encoder, 'tr2:VideoEncoder', true)}</tr2:Configurations></tr2:Profiles>`
    : `<trt:Profiles token="${xml(one.profile)}" fixed="true"><tt:Name>${xml(one.name)}</tt:Name>${source('tt:VideoSourceConfiguration')}${encoder(one.encoder, 'tt:VideoEncoderConfiguration', false)}</trt:Profiles>`;
};

const imaging = (state: OnvifCameraState): string =>
  `<timg:ImagingSettings><tt:Brightness>50</tt:Brightness><tt:IrCutFilter>${state.irCut}</tt:IrCutFilter></timg:ImagingSettings>`;

function changeEncoder({ state, request }: Asked, media2: boolean): string {
  const token = attributeOf(request, 'Configuration', 'token');
  const one = state.streams.map((stream) => stream.encoder).find((other) => other.token === token);
  const number = (name: string) => Number(textOf(request, name));
  const gov = Number(media2 ? attributeOf(request, 'Configuration', 'GovLength') : textOf(request, 'GovLength'));
  if (!one) return soapFault('ter:InvalidArgVal', 'The requested configuration does not exist');
  if (!(gov >= 1 && gov <= 400)) return soapFault('ter:ConfigModify', 'GovLength out of range 1-400');
  one.encoding = textOf(request, 'Encoding') ?? one.encoding;
  one.width = number('Width');
  one.height = number('Height');
  one.rate = number('FrameRateLimit');
  one.kilobits = number('BitrateLimit');
  one.govLength = gov;
  return '';
}

const within = (tag: string, body: string): string => envelope(`<${tag}Response>${body}</${tag}Response>`);

/** By the name of the first element of the body. */
export const answers: Readonly<Record<string, Answer>> = {
  GetSystemDateAndTime: ({ now }) =>
    within(
      'tds:GetSystemDateAndTime',
      `<tds:SystemDateAndTime><tt:DateTimeType>Manual</tt:DateTimeType><tt:DaylightSavings>false</tt:DaylightSavings>${time(now)}</tds:SystemDateAndTime>`,
    ),
  GetServices: ({ base, state, manner }) =>
    within(
      'tds:GetServices',
      services(manner === 'elsewhere' ? 'http://192.0.2.99:8' : base, state.media2 || manner === 'media2-broken'),
    ),
  GetDeviceInformation: ({ state, manner }) =>
    within(
      'tds:GetDeviceInformation',
      manner === 'bare'
        ? `<tds:Model>\u001b[31m${xml('x'.repeat(3000))}</tds:Model>`.replace('\u001b', '&#155;')
        : `<tds:Manufacturer>${xml(state.maker)}</tds:Manufacturer><tds:Model>${xml(state.model)}</tds:Model><tds:FirmwareVersion>5.70</tds:FirmwareVersion><tds:SerialNumber>0012</tds:SerialNumber><tds:HardwareId>7</tds:HardwareId>`,
    ),
  GetProfiles: (asked) => {
    const media2 = isMedia2(asked);
    if (media2 && asked.manner === 'media2-broken') return soapFault('ter:ActionNotSupported', 'Not implemented');
    const all = asked.state.streams.map((one) => profile(one, media2)).join('');
    return within(media2 ? 'tr2:GetProfiles' : 'trt:GetProfiles', all);
  },
  GetStreamUri: (asked) => {
    const one = asked.state.streams.find((stream) => stream.profile === textOf(asked.request, 'ProfileToken'));
    if (!one || asked.manner === 'bare') return soapFault('ter:NoProfile', 'No such profile');
    return isMedia2(asked)
      ? within('tr2:GetStreamUri', `<tr2:Uri>${xml(one.url)}</tr2:Uri>`)
      : within('trt:GetStreamUri', `<trt:MediaUri><tt:Uri>${xml(one.url)}</tt:Uri></trt:MediaUri>`);
  },
  GetVideoEncoderConfigurations: (asked) => {
    const media2 = isMedia2(asked);
    const [tag, of] = media2 ? ['tr2:Configurations', 'tr2'] : ['trt:Configurations', 'trt'];
    const all = asked.state.streams.map((one) => encoder(one.encoder, tag, media2)).join('');
    return within(`${of}:GetVideoEncoderConfigurations`, all);
  },
  GetVideoEncoderConfiguration: ({ state, request }) => {
    const one = state.streams.find((stream) => stream.encoder.token === textOf(request, 'ConfigurationToken'));
    if (!one) return soapFault('ter:InvalidArgVal', 'No such configuration');
    return within('trt:GetVideoEncoderConfiguration', encoder(one.encoder, 'trt:Configuration', false));
  },
  SetVideoEncoderConfiguration: (asked) => {
    const media2 = isMedia2(asked);
    return changeEncoder(asked, media2) || within(`${media2 ? 'tr2' : 'trt'}:SetVideoEncoderConfiguration`, '');
  },
  GetImagingSettings: ({ state, request }) =>
    textOf(request, 'VideoSourceToken') === 'source-1'
      ? within('timg:GetImagingSettings', imaging(state))
      : soapFault('ter:NoSource', 'No such source'),
  SetImagingSettings: ({ state, request }) => {
    const mode = textOf(request, 'IrCutFilter');
    if (mode !== 'ON' && mode !== 'OFF' && mode !== 'AUTO') return soapFault('ter:InvalidArgVal', 'IrCutFilter');
    state.irCut = mode;
    return within('timg:SetImagingSettings', '');
  },
  SetSystemDateAndTime: ({ state, request, trueNow }) => {
    const number = (name: string) => Number(textOf(request, name));
    const [year, month, day] = [number('Year'), number('Month'), number('Day')];
    const at = Date.UTC(year, month - 1, day, number('Hour'), number('Minute'), number('Second'));
    if (Number.isNaN(at)) return soapFault('ter:InvalidDateTime', 'Invalid date');
    state.clockOffset = at - trueNow;
    return within('tds:SetSystemDateAndTime', '');
  },
};

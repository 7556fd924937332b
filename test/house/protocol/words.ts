/** Pure. What docs/protocol.md says beside the tables: one entry for each name, so that the compiler finds the one that is missing. */
import type { closeCodes } from '@nattfrid/shared/desk/close-codes';
import type { RouteName } from '@nattfrid/shared/desk/routes';
import type { MessageName } from '@nattfrid/shared/wire/messages';
import type { PicturePacket } from '@nattfrid/shared/wire/picture';
import type { sockets } from '@nattfrid/shared/wire/sockets';

export const messageWords: Readonly<Record<MessageName, string>> = {
  announce: 'I am here, with this plan and this room; as the last will: I am gone.',
  vitals: 'How the unit is, every 30 s. Nothing heard for 90 s is an alarm that the relay raises by itself.',
  'alarm-report': 'Something was found: it began, changed or ended.',
  'look-answer': 'What has become of a call, a joining or a wish.',
  'plan-answer': 'A plan was taken, or refused and why.',
  'room-proposal': 'What the unit believes of its room, for a person to confirm.',
  'room-answer': 'A confirmed room is in use, or refused and why.',
  'halt-answer': 'A stop or a pause is on the disk and obeyed, or refused and why.',
  'shadow-event':
    'What would have been an alarm, where the plan wants it counted and nobody called. A relay that does not know it calls nobody either.',
  'service-answer':
    'What has come of what a technician asked for, and, once it has been asked, how the unit is whenever that changes. Said only to a relay that has asked.',
  'look-call': 'Show me: who asks, for which reason, until when, and for which key the pictures are to be sealed.',
  'look-join': 'A colleague of whoever opened the look wants to see it too. The unit decides as it does on a call.',
  'look-leave': 'That colleague looks no longer.',
  'look-wish':
    'Whoever opened the look wants the person shown another way. The unit decides by its own copy of the plan.',
  'look-close': 'The look is over.',
  'plan-letter': 'A plan that the municipality has signed, or whoever it has signed for. The relay cannot change it.',
  'halt-letter':
    'Stop, pause, or the pause is over. Not signed: it can only take away. Said again until it is answered, and when a unit says that it is here and has not got it.',
  'room-letter': 'The room that a person has confirmed.',
  'console-list':
    'What consoles have signed of each other: which new ones are whose, which are withdrawn. Sent when a unit says that it is here and at each change; the unit goes by the words of those it trusts itself.',
  'service-call':
    'What a technician asks of the unit. Written in its access log before it is done; what it does not know it refuses with `not-known`.',
  'relay-state':
    'Whether I can keep what I am told. Said to all units at each change, and to one that comes while I cannot.',
};

export const socketWords: Readonly<
  Record<keyof typeof sockets, { readonly who: string; readonly credential: string; readonly travels: string }>
> = {
  pairing: {
    who: 'unit that waits to be paired',
    credential: 'none: it signs the nonce that the relay has just made with its own key',
    travels: 'JSON, both ways (section 9): waiting, an offer, a request for a certificate, the certificate',
  },
  mqtt: {
    who: 'unit',
    credential:
      'MQTT user name and client id: the unit id; password: its token, or on the listener for units its certificate and no password',
    travels: 'MQTT 3.1.1 over WebSocket, subprotocol `mqtt`; the messages of section 2',
  },
  unit: {
    who: 'unit',
    credential: '`Authorization: Bearer UNIT:TOKEN`; on the listener for units its certificate',
    travels:
      'picture packets, binary (section 3), for `?look=ID`, and `&reader=ALIAS` where it is for a colleague who joined; without them it stands by until an `assign`',
  },
  viewer: {
    who: 'console',
    credential: 'session cookie; only who has opened or joined the look',
    travels: 'picture packets, binary (section 3), for `?look=ID`',
  },
  live: {
    who: 'console',
    credential: 'session cookie',
    travels:
      'JSON, relay to console only: the desk and its changes (section 6); with `?units=brief` units without their figures, told only when something else of them changes; compressed (RFC 7692) for whoever offers it',
  },
};

export const packetWords: Readonly<
  Record<PicturePacket['type'], { readonly from: string; readonly rest: string; readonly what: string }>
> = {
  opening: {
    from: 'unit > viewer',
    rest: 'JSON, UTF-8: Opening',
    what: 'First of each connection, in the clear: how to open what follows',
  },
  key: {
    from: 'unit > viewer',
    rest: 'one SFrame',
    what: 'A picture that needs no other (H.264, Annex B, one access unit)',
  },
  delta: { from: 'unit > viewer', rest: 'one SFrame', what: 'A picture that needs the one before' },
  notice: {
    from: 'unit > viewer',
    rest: 'one SFrame with JSON, UTF-8: PictureNotice or LegibilityNotice',
    what: 'Why there is no picture, what the look has cost, how the person can be made out. Pass over a `type` that you do not know',
  },
  beat: {
    from: 'relay > viewer',
    rest: 'nothing',
    what: 'Twice a second while nothing else comes: silence means a broken connection',
  },
  assign: {
    from: 'unit > relay',
    rest: 'JSON, UTF-8: Assignment',
    what: 'First packet on a connection that has stood by: whose pictures follow',
  },
  ack: {
    from: 'viewer > unit',
    rest: '4 bytes, unsigned, most significant first: the SFrame counter of that packet',
    what: 'A `key` or `delta` came; the unit learns the width of the link from nothing else',
  },
  'want-key': {
    from: 'viewer > unit',
    rest: 'nothing',
    what: 'The next picture should need no other: nothing can be decoded until then',
  },
};

export const routeWords: Readonly<Record<RouteName, string>> = {
  askBreakGlass:
    'Asks for what neither role nor agreement allows, for one home and half an hour. Another person of the organisation whose client it is answers within ten minutes.',
  grantBreakGlass:
    'The second person says yes. Refused to whoever asked, and on the computer on which it was asked for. It never opens a look, a plan, a consent or a key.',
  declineBreakGlass: 'The second person says no.',
  endBreakGlass:
    'Given back by whoever asked, or taken back by whoever may grant it. What was taken by it is everybody’s again.',
  breakGlasses: 'What has been open of the own clients, each with its uses, until and after somebody has looked at it.',
  reviewBreakGlass: 'Signs one off; neither of the two can. What is to be followed up needs words.',
  lockConsole:
    'Locks the computer: pictures end, and nothing but the bell is told, until somebody signs in there. Whoever had locked it goes on where they were; anybody else begins anew.',
  shareConsole: 'Several people use this computer: it locks by itself after so many minutes without use.',
  unshareConsole: 'One person uses it again.',
  stopUnit:
    'Stops one unit: nothing is watched and nothing shown until a plan of a higher version than `planVersion` is signed. Kept, and said to the unit until it answers, also where it is cut off now.',
  pauseUnit:
    'Lets one unit rest, at most 14 days; it goes on by itself. A pause that is longer, or past, is refused `request-invalid`.',
  endUnitPause: 'Ends all pauses of a unit, those to come too. Never a stop, nor what was done at the unit itself.',
  shadowEvents:
    'What would have been alarms of units whose plan wants them counted and nobody called. At most what the relay keeps of what is done.',
  signIn:
    'Begins a session. The answer sets its cookie. For somebody with an authenticator app it has a `ticket` in place of a session: then `signInByCode`, or `signInWithout`.',
  signInByCode:
    'Begins a session of level 2, by a code of the app or a recovery code; each is taken once. After five wrong ones of a person: `too-many-requests`, and one more every five minutes.',
  signInWithout:
    'Begins a session of level 1 although there is an authenticator app that is not at hand. The log says so. No alarm waits for a second factor.',
  askForPasskey: 'A challenge for any passkey of this address (WebAuthn): good for five minutes and for one answer.',
  signInByPasskey: 'Begins a session of level 2, by a passkey with user verification.',
  stepUpByCode: 'Makes this session one of level 2.',
  askForOwnPasskey: 'A challenge for a passkey of whoever asks, for this session alone.',
  stepUpByPasskey: 'Makes this session one of level 2.',
  ownSignIn:
    'How whoever asks signs in, and what they have not read about it: a second factor that was taken away, codes that were guessed.',
  newsRead: 'The person has read that.',
  changePassword:
    'Sets the own password: `old` is asked for, and all other sessions of the person end. `password-wrong`, `password-weak`, or `assurance-low` where there is a second factor that this session has not shown.',
  makePasskey: 'What a browser makes a passkey of. Nothing is kept until it has come back.',
  addPasskey: 'Makes it known. The session has shown it, and is one of level 2.',
  removePasskey: 'Takes an own one away.',
  makeCodes: 'What an authenticator app is to hold (TOTP, RFC 6238). Nothing is kept until a code has come back.',
  addCodes: 'Makes the app known, in place of the one before. The ten recovery codes are told this once.',
  newRecoveryCodes: 'Ten new ones, told this once; those from before open nothing any more.',
  removeCodes: 'Takes the app and the recovery codes away.',
  resetSecondFactor:
    'Takes passkeys, authenticator app and recovery codes of somebody else away, and signs them out: for whoever has lost them. They are told at the next sign-in.',
  signOut: 'Ends the session.',
  myPush:
    'The devices of whoever asks that alarms ring by Web Push, the key that a browser subscribes with (VAPID), and the devices that were forgotten since, because their push service knows them no more.',
  turnOnPush:
    'Rings this browser at each alarm that nobody has taken, as long as the session lasts. The endpoint must be https and public.',
  turnOffPush: 'Rings it no more.',
  tryPush: 'Sends a message to one of the own devices now, and says whether its push service has taken it.',
  seenForgotten: 'The person has read that this device is rung no more.',
  pushSetting: 'Whether push messages of the organisation name the alias of the client. At first they do not.',
  setPushSetting: 'Changes that.',
  connections: 'The webhooks and the keys of the organisation, and how they are; no secret is told.',
  addWebhook:
    'Tells another system what happens, by alias, as Standard Webhooks has it: see [connections](connections.md). The secret is told this once. The address must be https, and public or in one of the relay’s `outgoingNetworks`.',
  setWebhook:
    'Turns a webhook on or off, and chooses what it is told. While it is off, what happens is not kept for it.',
  newWebhookSecret: 'Makes a new secret, told this once; the old one signs nothing any more.',
  tryWebhook: 'Sends a test now, past what waits, and tells what was answered.',
  seeToWebhook:
    'A person has seen to what could not be delivered within 24 hours. `again`: it is sent once more, in its old order.',
  removeWebhook: 'Takes a webhook away, with all that waits for it.',
  addApiKey: 'Makes a key for another system, told this once: `Authorization: Bearer nf_…`.',
  revokeApiKey: 'Ends a key at once, and cuts what is being answered with it.',
  listAlarms:
    'Alarms of the organisation in a stretch of time, the oldest first and at most 500, by alias and without staff.',
  listLooks: 'Looks that were due in a stretch of time, in the same way.',
  listVisits: 'Visits that were needed in a stretch of time, in the same way.',
  exportOutcomes:
    'Looks and visits of a stretch of time with what came of them, as CSV with the columns of [connections](connections.md). Asking is a line of the audit log.',
  importPeople:
    'Brings who may sign in in line with a CSV file (`email`, `name`, `role`, `active`). `dryRun`: what would be done. No file makes, changes or removes an administrator; who is not in it is left as they are.',
  me: 'Who is signed in.',
  desk: 'Everything that is on the desk now, as the first event of the live stream.',
  takeAlarm: 'Takes an alarm, so that colleagues know.',
  closeAlarm:
    'Closes an alarm with a verdict. «help-needed» makes a visit, «not-seen» as well. «all-well» of an alarm that somebody else has taken, or for which no picture has been shown, is refused `needs-confirming` unless `confirmed`.',
  openLook:
    'Opens a look that is due, or for an alarm, and beside it one on each other unit of the home for which a key is given. Each key is fresh for each camera. The answer is the look that leads. `untrusted`: the console knows another key of `unit`, which is not asked then.',
  joinLook: 'A colleague sees an open look too, with a key of the own console.',
  leaveLook: 'The colleague looks no longer.',
  wishMode: 'Whoever opened it would rather have the person shown another way. What the unit says stands in the look.',
  closeLook: 'Ends the pictures. `key-changed`: what came was not signed by the unit that this console knows.',
  giveVerdict:
    'The verdict that ends a look. «all-well» while a camera of the home has shown nothing is refused `needs-confirming` unless `confirmed`.',
  moveVisit: 'Moves a visit on: on the way, there, done.',
  assignVisit:
    'Gives a visit to a team. One that another team is on the way to becomes needed again; where somebody is there it is refused.',
  teams: 'The teams of the own organisation.',
  addTeam: 'A new team or car.',
  changeTeam: 'Changes what is said of a team.',
  removeTeam: 'Takes a team away; refused while somebody is in it.',
  namedTeams:
    'Which teams the action cards of plans in force name, with the clients whose cards they are; a team that has been taken away since is `lost`, and no alarm waits for it.',
  alarmLine: "To whom alarms are told where a client's action card does not say so.",
  setAlarmLine: 'Says to whom alarms are told where an action card does not.',
  joinShift: 'Whoever is signed in is in this team from now on, until they leave it or this session ends.',
  leaveShift: 'Leaves the team. What they have in hand is told to the others; `note` waits for the next shift.',
  handOver: 'A note for the next shift, without leaving.',
  readHandover: 'Somebody else than the writer has read a note.',
  nextLook:
    'The home that is next, kept for whoever asks for 60 s: nobody else is offered it or can open it meanwhile.',
  skipLook: 'Gives it back; colleagues are offered it at once, oneself when there is nothing else.',
  workLoad: 'For each window of the coming 12 hours: how many operators its looks need, and how many are on shift.',
  unit: 'A unit as it is now, with its figures',
  plan: 'The plan of a home, with the letter as it was signed, and whose key the relay says it was.',
  keyChanged: "The unit's key is not the one that this console knows: for the audit log.",
  sendPlan: "Sends a plan that the municipality's key has signed. The relay checks it and hands it to the unit.",
  municipalityKey:
    "The public half of the municipality's key, and its word for those who sign plans and those who look.",
  setMunicipalityKey:
    'Tells the public half, by whoever has the private one. The relay never has that. Where there was one, it has to say that this one takes its place.',
  keepKeyLetter: "Keeps the municipality's word for a key, so that the browser that has that key finds it.",
  room: 'What the unit proposes of its room, what has been confirmed, and whether it is in use.',
  confirmRoom:
    'Confirms a room. One that takes much from the room before it waits for a second person, and the unit is not told until then.',
  secondRoom: 'Another person than the first says yes to the room that waits.',
  registerConsole:
    'This browser is a console of whoever is signed in: told after each sign-in, with a signature that shows the key. The first of a person is known; another one waits for a confirmation, and no look is asked from it until then (`console-unconfirmed`). `ask`: a unit has refused it although it is known here.',
  consoles: 'To an operator the own consoles and those that wait to be confirmed, to a coordinator all.',
  confirmConsole: "A colleague has compared the figures: the letter, signed by that colleague's own console.",
  doubtConsole: 'The figures did not agree: a coordinator decides.',
  withdrawConsole:
    'Takes a console back: an own one, or as a coordinator any. With `letter`, units that trust its signer forget the key too.',
  people: 'Who may sign in, and where they are signed in.',
  addPerson: 'Lets a person sign in, with a password that the relay makes and tells this once.',
  newPassword: 'Makes a new password for a person, told this once, and signs them out.',
  endSession: 'Ends one session: its sockets at once.',
  endSessions: 'Ends all sessions of a person.',
  setRole: 'Makes a person an operator or a coordinator, and signs them out.',
  removePerson: 'Takes a person away, and signs them out.',
  tokens: 'Which units have a token, since when and by whom; no token is told.',
  addUnit: 'Lets a unit in, and makes its token, told this once.',
  replaceUnit:
    "Another unit takes a unit's name, home and place, with a key and a token of its own; the old one is cut.",
  newToken: 'Makes a new token for a unit, told this once; whoever has the old one is cut.',
  removeUnit:
    'Takes a unit out: it is cut, and nothing of its plan is due any more. Its alarms stay for a person to close.',
  audit:
    'Lines of the audit log, the latest first and at most 500, and whether its whole chain holds. Asking is a line of it.',
  statistics: 'What a time has come to, for the own organisation; nothing is counted by who of the staff it was.',
  exportStatistics: 'The same as CSV, a line for each client; docs/statistics.md says what each column means.',
  exportBilling: 'For each client and month the looks that were agreed and made, as CSV.',
  labelAlarm: 'Why an alarm that was closed with «all well» came to nothing. Said again, the newest counts.',
  logChecks: 'The checks of the log, the newest first, and since when one is due.',
  checkedAccesses: 'The accesses of one check in the order of the log, a hundred at a time.',
  makeLogCheck: 'Gathers the accesses of a time: those that stand out, and others drawn by lot.',
  checkAccess: 'One access of a check has been looked at; what is to be followed up needs words.',
  signOffLogCheck: 'Only once each access has been looked at, and by somebody whose own are not among them.',
  firstSteps:
    'What each person has done at least once of what the role is there for: one’s own, or everybody’s to whoever looks after people.',
  months: 'Of which months there is a summary, the newest first, and whether anybody has read it.',
  month: 'What a month came to, as it was kept when it was over: figures alone. Reading it first ends the notice.',
  checklists: 'The newest version of each checklist, and those that are filled in.',
  changeChecklist: 'The list becomes the own one, in another version; refused where somebody has changed it meanwhile.',
  beginChecklist: 'A checklist is begun for a unit or a home, with the items that the list has now.',
  tickChecklist: 'An item is done, or is not after all; who and when stand beside it.',
  exercises: 'What has been practised: one’s own, or everybody’s to whoever looks after people.',
  beginExercise: 'Somebody begins an exercise in the console’s training, which touches the relay nowhere else.',
  tellExercise: 'A step of an exercise has been done, as the own console tells; the last completes it.',
  showTraining: 'Training homes stand on one’s own desk, or do not any more.',
  answerQuestionnaire: 'What somebody who is concerned has answered. Who it was is not kept, only in which part.',
  questionnaires: 'The mean of each question in a time.',
  updates: 'Which software there is for units, how far each has come, and which group each unit belongs to.',
  beginUpdate: 'Gives it to the first group, or goes on where it was stopped.',
  stopUpdate: 'No more units are given it.',
  setUpdateGroup: 'Which group a unit belongs to.',
  unitWeek:
    'How a unit was in the last seven days, by the hour: heard, and its camera, clock and plan as they should be.',
  unitChecks: 'How a unit is by its own word, what was asked of it last, and what came of it.',
  callUnit: 'Asks a unit for something. What it answers comes with `unitChecks`.',
  exportBundle:
    'The last bundle for support that the unit has given whole: figures and words, no picture and nobody’s name.',
  unitFaults: 'What is wrong at the units of the organisation, the oldest first, and who sees to it.',
  ownFault: 'Whoever asks sees to this from now on, or no longer.',
  takeTest: 'A test alarm has reached a person. Its unit is told so.',
  stock: 'Which units there are to hand out, whether there are enough, and which homes get a new one.',
  addStockItem: 'A unit has come, with its article and individual number.',
  moveStockItem:
    'Where a unit is now. One in a home is linked to it; one that has been in a home is wiped before it is sent back.',
  setStockLocation: 'Where units lie, and how many there should be at least.',
  exportStock: 'Each movement as CSV, for the assistive-device system.',
  reconcileStock:
    'What differs between the file of the assistive-device system and what stands here; nothing is changed.',
  addLabels: 'Units come into stock by what their labels say, but for the secret: by people, or by the key of a bench.',
  keepWipe: 'What a unit has signed when it was wiped: it is taken out, and its item is returned.',
  workOrders:
    'What is to be done in which home: all of the own organisation for whoever makes them, else the own ones and those of nobody.',
  addWorkOrder: 'Somebody is to install, exchange or take back a unit, or to measure the signal.',
  callOffWorkOrder: 'As long as no unit has been paired for it.',
  workOrder: 'One order, with each step of its installation: done, waiting, or with a cause.',
  tryStep:
    'The unit is asked for what this step needs, or a colleague for a test look. What comes of it comes with the order.',
  confirmStep:
    'What a person alone can say: that the sign is up, that the plug is pulled now, that a unit that does not answer is wiped.',
  installRecord: 'All that happened in one installation, with who, when and what was measured.',
  installPapers: 'What the sign and the letter of this home are made of.',
  finishWorkOrder: 'Ready to leave: refused while a step is not done. The unit is asked, and has the last word.',
  beginPairing:
    'By a work order and what the label says, while the unit waits and has had power for less than 15 minutes: a ticket for five minutes, once, for this unit, order and session.',
  confirmPairing: 'What the console has authenticated with the key of the label is passed on to the unit.',
  pairing: 'How far it has come; asked each second.',
  planSwap: 'A home is to get a new unit while the old one goes on.',
  moveSwap:
    'The next step of a swap; the old one is switched off after enough good nights, or when it is said once more.',
  documentFacts: 'What the municipality’s documents are made of, for the own organisation.',
  setContact: 'Whom clients, relatives and visitors ask; it stands on the sign in the home.',
  clientExtract: 'What a client is told who asks who has looked: when, how long, why and what came of it.',
  receivers: 'The alarm receiving centres of the own organisation, and how each answers.',
  saveReceiver: 'Sets up a receiver, or changes one. Its password is kept sealed and told to nobody.',
  removeReceiver: 'Takes a receiver away; what it has not taken is not sent to it any more.',
  testReceiver: 'Sends a test (status 0102), and tells within about twenty seconds what has become of it.',
  organisations: 'The organisations that share this relay, by name: none of what is theirs.',
  agreements:
    'The agreements that the own organisation has made, or that were made with it. Asking is a line of the audit log.',
  addAgreement:
    "Lets another organisation's people see and do something in the own homes: alarms, looks or visits, at these hours of the day or always.",
  signInWays: 'For the sign-in page: whose people can sign in at a provider of their own.',
  signInSettings:
    'How the people of the own organisation sign in, and how sure it must be who looks; never the secret.',
  setSignIn: 'Sets that. The secret is kept sealed, and is told to nobody again.',
  endAgreement: 'Takes an agreement back, at once: looks of the others end, and their desks show these homes no more.',
  exportAudit:
    'The same lines as CSV, oldest first and however many, with the hashes of the chain. Asking is a line of it.',
  clients:
    'The clients of the own organisation, by name, with what their plans lack. Asking is a line of the audit log.',
  client:
    'A client with decision, consents, units and plan. Asking is a line of the audit log, with the fields that were read.',
  addClient:
    'Keeps a client; the relay makes an alias where none is given. What says who it is stands sealed in the database.',
  changeClient: 'Other details of a client, in the place of those before.',
  decide: 'Another decision; those before are kept. A plan ends with the decision that it stands on.',
  giveConsent: 'A consent as it was given. None is ever changed: one that is taken back is recorded so.',
  withdrawConsent:
    'A consent is taken back, whoever hears it: what is shown ends, no look is due any more, and the units of the home are stopped until a new plan has been signed. A look that has shown something still gets its verdict, and alarms stay until a person closes them.',
  pauseSupervision:
    'The home rests meanwhile, 14 days at most: nothing is shown of it, and visits come instead where the plan says so.',
  endPause: 'The pause is over sooner.',
  visitCard:
    'What somebody needs who goes to this home. Refused `not-allowed` where there is neither a visit, an alarm nor a look that waits; asking is a line of the audit log.',
  draftPlan: 'The form as it is now: a new edition. What is missing is told, each with its field.',
  signPlan:
    'One letter for each unit of the home, each exactly what the form of this edition says for that unit. In force when each unit has taken it and its first day has come.',
  endPlan: 'The plan is over: the units are stopped, and visits come instead.',
  endClient: 'No longer a client: the units are stopped. What says who it was is erased when its time has come.',
  register:
    'All surveillance of the organisation that goes on, or ended less than five years ago; nobody is named in it.',
  exportRegister: 'The same as CSV.',
};

export const closeWords: Readonly<Record<keyof typeof closeCodes, string>> = {
  lookOver: 'The look is over, or was never open for you. Do not connect again.',
  sessionOver: 'The session has ended: sign in again.',
  takenOver: 'Another connection has taken the place of this one.',
  stopping: 'The relay is stopping. Connect again after a while.',
  notAsked: 'The first packet was not the one that comes first.',
};

export const typeWords: Readonly<Record<string, string>> = {
  UnitId: 'The name under which the relay knows a unit.',
  ClientAlias: 'What the unit calls its client: never a name. Units with the same alias are one home.',
  OperatorAlias: 'How the relay names an operator to a unit: never a name.',
  Point: 'x to the right and y down, as shares of the picture.',
  Polygon: 'An outline; it may not cross itself.',
  Mode: 'How a person may be shown.',
  WallTime: 'By the clock on the wall in Europe/Stockholm.',
  Reason: 'Why somebody wants to look; the unit checks it.',
  Refusal: 'Why a unit says no.',
  NoPicture: 'Why there is no picture although the look is open.',
  HardToSee: 'Why a person is hard to make out, though the picture is there.',
  LookEnd: 'Why a look has ended.',
  LookFault: 'Why a look could not be carried out; it leads to a visit.',
  Verdict: 'What a person concludes.',
  AlarmKind:
    'All are raised by the unit, but `unit-silent`, which only the relay can raise: of a unit from which no alarm can come. The code of its evidence says why: `unit-silent`, `power-gone` (its last word was that its mains were gone), `unit-on-battery`, `unit-doubled`, `disk-full`, `disk-damaged`, `read-only`.',
  Evidence: 'What was seen, as a code and figures. No free text leaves the unit.',
  RoomDrift: 'How a room differs from the one that was confirmed.',
  Room: "What is known of a room in one camera's picture.",
  Window: 'An agreed time in which looks may be opened; one whose end is not after its start runs past midnight.',
  FallPlace:
    'Where, and perhaps when, something else than usual is agreed of a body that lies: the first that fits counts.',
  Plan: 'What a client has agreed to, inside a PlanLetter. The unit obeys nothing else.',
  ConsoleProof: "A console's signature for the key of a look; the relay only passes it on.",
  WishProof: "A console's signature for a wish.",
  Confirmation: "A console's word that another, new one is this operator's: two people have compared its figures.",
  Withdrawal: "A console's word that a console is no longer this operator's.",
  VoucherLetter: "The municipality's word that a key belongs to one of its consoles.",
  Voucher: 'What is signed in a VoucherLetter.',
  SignerLetter: "The municipality's word that a key may sign plans for it.",
  Signer: 'What is signed in a SignerLetter.',
  SuccessorLetter:
    "Another key takes the place of the municipality's. A unit follows it once, keeps it on its disk, and never goes back.",
  KeyLetter: "The municipality's word for a key, as the relay keeps it for whoever has that key.",
  MunicipalityKeyView: "The public half of the municipality's key, and what it has signed.",
  Opening: 'How to open what follows; it holds no secret.',
  TeamView: 'A desk or a car, and when it makes looks and visits.',
  NightView: 'Who is at work, what was handed over, and whose home is next.',
  ReservedView: 'The home that somebody is about to look into.',
  WindowLoad: 'Whether the looks of one window can be made by those who are on shift.',
  ActionCard: 'What is done at an alarm: who is told, one after the other, and what needs no computer.',
  ChainView: 'How far an alarm has come in its chain.',
  ErrorAnswer: '`code` is one of section 8.',
};

/** Pure. Each check of a unit in English: what it is, how it is and why, and what to do about it; for whoever stands there with a telephone. */
import type { svChecks } from './sv-checks.ts';

export const enChecks: Readonly<Record<keyof typeof svChecks, string>> = {
  'checkName.power': 'Power',
  'checkName.signal': 'Mobile network',
  'checkName.time': 'Clock',
  'checkName.relay': 'Contact with the service',
  'checkName.camera': 'Camera',
  'checkName.infrared': 'Sees in the dark',
  'checkName.view': 'The place in view',
  'checkName.room': 'The room',
  'checkName.plan': 'Plan',
  'checkName.lamp': 'The lamp on the unit',
  'checkName.switch': 'The switch on the unit',
  'checkName.models': 'What recognises',
  'checkName.disk': 'Memory for words and alarms',
  'checkName.load': 'Keeps up',
  'checkName.software': 'The program',

  'checkState.well': 'Well',
  'checkState.advice': 'Could be better',
  'checkState.fault': 'Fault',
  'checkState.unknown': 'Not known yet',

  'checkSays.power.mains': 'The unit has power from the socket.',
  'checkSays.power.mains-not-told': 'Nothing in the unit feels whether the power goes.',
  'checkDo.power.mains-not-told':
    'Nothing to do. If the power goes, the unit is not heard from. A spare battery that can tell it is better.',
  'checkSays.power.on-battery': 'The power from the socket is gone. The unit runs on its battery.',
  'checkDo.power.on-battery':
    'See that the plug is in, that the extension lead is on and the fuse whole. When the battery is empty the unit stops watching.',
  'checkSays.power.undervoltage': 'The unit is given too little power.',
  'checkDo.power.undervoltage':
    'Use the adapter that belongs to the unit, with its own lead, straight into the socket.',

  'checkSays.signal.cable': 'The unit gets out by the home’s own network. No mobile network is needed.',
  'checkSays.signal.signal-good': 'The signal is good.',
  'checkSays.signal.signal-weak': 'The signal is weak, but enough.',
  'checkDo.signal.signal-weak':
    'Move the unit nearer to a window, or fit an outer antenna. Measure for a night before you leave it here.',
  'checkSays.signal.signal-bad': 'The signal is too poor to be relied upon for a whole night.',
  'checkDo.signal.signal-bad':
    'Try a window on another side. If that does not help: an outer antenna, or a card of another operator.',
  'checkSays.signal.no-modem': 'The unit finds no part for the mobile network, and no cable to the home’s network.',
  'checkDo.signal.no-modem':
    'Plug in the modem or the network cable again. Restart the unit. If that does not help: exchange it.',
  'checkSays.signal.no-sim': 'There is no card (SIM) in the unit.',
  'checkDo.signal.no-sim': 'Switch the unit off, push the card in until it clicks, and start it again.',
  'checkSays.signal.sim-locked': 'The card (SIM) is locked by a code.',
  'checkDo.signal.sim-locked':
    'Put the card into a telephone and switch its code (PIN) off, or call whoever orders the cards.',
  'checkSays.signal.not-registered': 'The card is in, but the network does not let it in.',
  'checkDo.signal.not-registered':
    'Wait two minutes. Then ask whoever orders the cards whether the subscription has begun, or try another card.',

  'checkSays.time.set': 'The clock is right.',
  'checkSays.time.not-set': 'The clock is not set. Nobody can look until it is.',
  'checkDo.time.not-set': 'It sets itself once the unit gets out. See to mobile network and contact first.',
  'checkSays.time.off': 'The clock is wrong.',
  'checkDo.time.off': 'Restart the unit. If it is wrong again: exchange the unit.',

  'checkSays.relay.connected': 'The unit reaches the service.',
  'checkSays.relay.renewal-late': 'The unit’s certificate should have been renewed.',
  'checkDo.relay.renewal-late':
    'Nothing now. If it stands here for three days: call support, before the certificate ends.',
  'checkSays.relay.certificate-expired': 'The unit’s certificate has ended.',
  'checkDo.relay.certificate-expired':
    'Leave the unit plugged in: it tries to renew it. If it stands here after an hour: call support.',
  'checkSays.relay.not-reached': 'The unit does not reach the service.',
  'checkDo.relay.not-reached': 'See to the mobile network. If that is well: wait five minutes, then call support.',

  'checkSays.camera.connected': 'The camera gives pictures.',
  'checkSays.camera.resting': 'The camera rests until somebody is to look, as the plan says.',
  'checkSays.camera.to-set-right': 'The camera gives pictures, but something in it is not set right.',
  'checkDo.camera.to-set-right':
    'Choose the camera once more here, and it is set. If that does not help: set it on its own page.',
  'checkSays.camera.none-found': 'No camera answers in the home’s network.',
  'checkDo.camera.none-found':
    'See that the camera has power and that its cable is in. Wait a minute and search again. The camera must speak ONVIF.',
  'checkSays.camera.none-chosen': 'No camera has been chosen yet.',
  'checkDo.camera.none-chosen': 'Search for cameras, and choose the one in the room.',
  'checkSays.camera.lost': 'The camera gives no picture.',
  'checkDo.camera.lost':
    'See to the camera’s power and cable. Unplug it for ten seconds. If that does not help: exchange the camera.',
  'checkSays.camera.factory-password':
    'The camera still has its factory password. Anybody in the network can see the room.',
  'checkDo.camera.factory-password':
    'Set a password of its own on the camera’s page, twelve characters or more, and then choose the camera again with it.',
  'checkSays.camera.login-refused': 'The camera does not accept the user or the password.',
  'checkDo.camera.login-refused':
    'Choose the camera again with the right user and password. After five wrong ones many cameras lock for half an hour.',

  'checkSays.infrared.sees-in-dark': 'The camera sees in the dark.',
  'checkSays.infrared.not-tried': 'It has not been tried yet.',
  'checkDo.infrared.not-tried': 'Put out the light in the room, draw the curtains, and try.',
  'checkSays.infrared.not-dark-yet': 'The picture is still in colour: it is too light to try.',
  'checkDo.infrared.not-dark-yet':
    'Put out all lamps and draw the curtains, wait half a minute and try again. If it is dark: set the camera’s night to automatic.',
  'checkSays.infrared.too-dark': 'In the dark too little can be seen to find a person.',
  'checkDo.infrared.too-dark':
    'Move the camera nearer, wipe its glass, and see that its infrared lamp is on. If that is not enough: another infrared lamp.',
  'checkSays.infrared.no-picture': 'No picture came to try it with.',
  'checkDo.infrared.no-picture': 'See to the camera first, then try again.',

  'checkSays.view.bed-in-view': 'The bed is well in view.',
  'checkSays.view.not-looked': 'Nobody has looked yet.',
  'checkDo.view.not-looked': 'See to the camera first, then draw the bed in the room.',
  'checkSays.view.bed-partly-in-view': 'A part of the bed is out of the picture, or hidden.',
  'checkDo.view.bed-partly-in-view':
    'Turn the camera so that the whole bed and the floor beside it are seen, or take away what hides them.',
  'checkSays.view.no-bed': 'No bed is drawn.',
  'checkDo.view.no-bed': 'Open the room and draw the bed in the picture.',
  'checkSays.view.cannot-see': 'The camera is covered, dazzled, in the dark or turned away.',
  'checkDo.view.cannot-see': 'Take away what covers it, wipe its glass, and point it at the bed again.',

  'checkSays.room.confirmed': 'The room is confirmed.',
  'checkSays.room.proposed': 'The unit has proposed what the room looks like.',
  'checkDo.room.proposed': 'Open the room, drag bed, door and floor right, and confirm.',
  'checkSays.room.not-proposed': 'The unit is learning the room.',
  'checkDo.room.not-proposed': 'Wait some minutes with the camera on, or draw the room yourself.',
  'checkSays.room.changed': 'The room does not look as it did when it was confirmed.',
  'checkDo.room.changed': 'Put the camera or the furniture back, or confirm the room as it is now.',

  'checkSays.plan.in-force': 'The plan is in force.',
  'checkSays.plan.waits-until-ready': 'There is a plan, which comes into force when everything is ready to leave.',
  'checkDo.plan.waits-until-ready': 'Finish the steps that are left.',
  'checkSays.plan.not-begun': 'The plan has not begun yet.',
  'checkDo.plan.not-begun': 'Nothing to do: it begins on the day that stands in it.',
  'checkSays.plan.none': 'The unit has no plan. It does not watch, and nobody can look.',
  'checkDo.plan.none': 'Ask whoever plans to sign the plan for this unit.',
  'checkSays.plan.ended': 'The plan has ended.',
  'checkDo.plan.ended': 'Ask whoever plans for a new one, or take the unit down.',
  'checkSays.plan.halted': 'The supervision is stopped or paused.',
  'checkDo.plan.halted': 'Nothing to do, if that is as it should be. Whoever plans knows why.',

  'checkSays.lamp.works': 'The lamp works.',
  'checkSays.lamp.none': 'The unit has no lamp.',
  'checkSays.lamp.fails': 'The lamp does not work. Nobody can look until it does.',
  'checkDo.lamp.fails': 'Restart the unit. If that does not help: exchange it.',

  'checkSays.switch.none': 'The unit has no switch.',
  'checkSays.switch.on': 'The switch is on: the unit may watch.',
  'checkSays.switch.dark': 'The switch is off: the camera is disconnected.',
  'checkDo.switch.dark': 'Ask whoever lives here. It is their switch.',
  'checkSays.switch.unreadable': 'The switch cannot be read. The unit is dark until it can.',
  'checkDo.switch.unreadable': 'Plug in the switch’s cable again. If that does not help: exchange the unit.',

  'checkSays.models.whole': 'Everything is whole.',
  'checkSays.models.damaged': 'Something in the program is damaged.',
  'checkDo.models.damaged': 'Restart the unit. If it stays: exchange the unit.',

  'checkSays.disk.room': 'There is plenty of room.',
  'checkSays.disk.nearly-full': 'It is nearly full.',
  'checkDo.disk.nearly-full': 'Call support this week.',
  'checkSays.disk.full': 'The memory is full. Alarms cannot be kept.',
  'checkDo.disk.full': 'Restart the unit. If that does not help: exchange it now.',
  'checkSays.disk.damaged': 'The memory is damaged. Alarms cannot be kept.',
  'checkDo.disk.damaged': 'Exchange the unit now.',
  'checkSays.disk.read-only': 'Nothing can be written into the memory. Alarms cannot be kept.',
  'checkDo.disk.read-only': 'Restart the unit. If that does not help: exchange it now.',

  'checkSays.load.keeps-up': 'The unit keeps up.',
  'checkSays.load.too-slow': 'The unit is too slow to look at every picture.',
  'checkDo.load.too-slow': 'Restart the unit. If it stays: choose the camera’s smaller picture, or exchange the unit.',
  'checkSays.load.hot': 'The unit is hot, and works more slowly.',
  'checkDo.load.hot': 'Move it away from radiators and sun, and see that air reaches it.',
  'checkSays.load.decoder-stuck': 'The unit is stuck with the picture.',
  'checkDo.load.decoder-stuck': 'It begins anew by itself. If it stays for five minutes: restart the unit.',

  'checkSays.software.newest': 'The unit has the newest program.',
  'checkSays.software.older': 'There is a newer program.',
  'checkDo.software.older': 'Nothing to do: it comes by itself, one group at a time.',
  'checkSays.software.update-failed': 'The new program did not work. The unit has gone back to the one before.',
  'checkDo.software.update-failed': 'Nothing to do here. Support sees it.',

  'checkFigure.chargePercent': 'battery {{value}} %',
  'checkFigure.lastsMinutes': 'lasts {{value}} min',
  'checkFigure.rsrpDbm': 'strength {{value}} dBm',
  'checkFigure.rsrqDb': 'quality {{value}} dB',
  'checkFigure.sinrDb': 'over noise {{value}} dB',
  'checkFigure.marginDb': 'margin {{value}} dB',
  'checkFigure.aheadSeconds': '{{value}} s ahead of the service',
  'checkFigure.certificateDays': 'certificate lasts {{value}} days',
  'checkFigure.picturesPerSecond': '{{value}} pictures a second',
  'checkFigure.brightnessPercent': 'light {{value}} %',
  'checkFigure.contrastPercent': 'contrast {{value}} %',
  'checkFigure.colourPercent': 'colour {{value}} %',
  'checkFigure.noisePercent': 'noise {{value}} %',
  'checkFigure.inViewPercent': '{{value}} % in view',
  'checkFigure.hiddenPercent': '{{value}} % hidden',
  'checkFigure.width': 'width {{value}}',
  'checkFigure.height': 'height {{value}}',
  'checkFigure.keyIntervalSeconds': 'whole picture each {{value}} s',
  'checkFigure.freeMegabytes': '{{value}} MB free',
  'checkFigure.analysedPerSecond': '{{value}} looked at a second',
  'checkFigure.droppedPictures': '{{value}} skipped',
  'checkFigure.memoryMegabytes': 'working memory {{value}} MB',
  'checkFigure.temperatureC': '{{value}} °C',
};

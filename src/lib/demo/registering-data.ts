/** The cohort of the demonstration that schools register for, and the schools that did, all invented. Days count back from now. */
export const REGISTERING = {
  cohort: 'De Venen (voorbeeld)',
  settings: { minPeople: 6, maxPeople: 14, pairs: true },
  /** From now on. */
  lastInDays: 21,
  startsInDays: 56,
  about:
    'Instappen in het derde jaar: vier middagen en een tweedaagse, op donderdag, in het dienstencentrum van het samenwerkingsverband. Directeur en IB’er doen liefst samen mee.',
} as const;

export const REGISTERED = [
  { school: 'De Waterjuffer, Vinkelo', brin: '97GH00', ib: 'Hanneke Blom', director: 'Rik Postma', daysAgo: 13 },
  { school: 'De Dotterbloem, Turfhoven', brin: '97JK00', ib: 'Selma Yilmaz', director: null, daysAgo: 12 },
  { school: 'Het Baken, Meerdrecht', brin: '97LM00', ib: 'Joke van Vliet', director: 'Arjan Smit', daysAgo: 9 },
  { school: 'De Krekel, Slootwijk', brin: null, ib: 'Peter Dekker', director: null, daysAgo: 6 },
  { school: 'De Otter, Veenlanden', brin: '97NP00', ib: 'Mieke Groen', director: 'Fleur de Boer', daysAgo: 2 },
] as const;

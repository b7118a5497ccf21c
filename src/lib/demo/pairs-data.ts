import type { CohortSketch } from './schools-data.ts';

/** Invented people of the pairs; apart from NAMES, so that those of the other cohorts stay who they are. */
export const PAIR_NAMES = [
  ...[
    'Marieke Veldkamp',
    'Sander Hoekman',
    'Nourdin El Amrani',
    'Tineke Rozema',
    'Pauline Verschuren',
    'Ibrahim Toprak',
  ],
  ...['Wendy Blokland', 'Gerben Slagter', 'Charlene Maduro', 'Arend Wolthuis', 'Fleur van Asten', 'Rutger Bronkhorst'],
] as const;

/** Six pairs of director and IB'er who have been through their programme: measured before and after it. */
export const PAIRS: CohortSketch = {
  name: 'Zes koppels (voorbeeld)',
  programme: 'Samenwerken onder spanning (voorbeeld)',
  course: 'pairs',
  trainerSeesSchools: false,
  started: 205,
  rounds: [
    { opened: 190, closed: 183 },
    { opened: 43, closed: 33 },
  ],
  schools: [
    { name: 'De Kastanje, Bovenlaar', brin: '98AB00', teachers: 0 },
    { name: 'De Regenboog, Vlierdam', brin: '98CD00', teachers: 0 },
    { name: 'Het Baken, Rietveen', brin: '98EF00', teachers: 0 },
    { name: 'De Lindeboom, Oudewal', brin: '98GH00', teachers: 0 },
    { name: 'De Springplank, Heimeer', brin: '98JK00', teachers: 0 },
    { name: 'De Zwaluw, Torenbeek', brin: '98LM00', teachers: 0 },
  ],
};

/**
 * Invented action plans of people of these pairs: whose, counted in the order of schools with the IB'er first; what they
 * wrote; whether they share it. `days` is counted from the last session on; null: no day was chosen.
 */
export const ACTION_PLANS: readonly {
  writer: number;
  isShared: boolean;
  goal: string;
  help: string;
  signs: string;
  steps: readonly { text: string; days: number | null; isDone: boolean }[];
}[] = [
  {
    ...{ writer: 0, isShared: true },
    goal: 'Als een gesprek spannend wordt, zeg ik hardop wat ik zie gebeuren, en kies ik dan pas: een grens, of samen zoeken.',
    help: 'Mijn directeur kijkt mee bij één gesprek en vertelt wat er te zien was. Mijn maatje uit de groep belt in de eerste week van de maand.',
    signs: 'Ik ga minder moe naar huis na een lastig gesprek. De leerkracht zegt dat zij weet waar zij aan toe is.',
    steps: [
      { text: 'Met mijn directeur afspreken wie wat zegt, vóór het gesprek van donderdag.', days: 4, isDone: true },
      { text: 'Eén keer hardop zeggen: “Ik merk dat het spannend wordt.”', days: 7, isDone: true },
      { text: 'Na afloop samen vijf minuten terugkijken: wat hielp?', days: null, isDone: false },
    ],
  },
  {
    ...{ writer: 1, isShared: true },
    goal: 'De IB’er en het team weten van mij wanneer ik beslis en wanneer ik meedenk.',
    help: 'De IB’er zegt het me als onze rollen door elkaar lopen.',
    signs: 'Er komt niemand meer bij mij met een vraag die bij de IB’er hoort.',
    steps: [{ text: 'In het teamoverleg in twee zinnen zeggen wie waarvoor staat.', days: 11, isDone: true }],
  },
  {
    ...{ writer: 4, isShared: false },
    goal: 'Ik vraag ook de leerling zelf wat helpt, voordat wij iets bedenken.',
    help: '',
    signs: 'In elk verslag staat één zin van de leerling.',
    steps: [
      { text: 'Morgen aan één leerling vragen: wanneer ging het even goed?', days: 1, isDone: true },
      { text: 'De vraag bovenaan het formulier zetten.', days: 14, isDone: false },
    ],
  },
];

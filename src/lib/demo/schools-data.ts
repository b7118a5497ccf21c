import type { Mode } from '#lib/disclosure/mode.ts';
import type { Role } from '#lib/instrument/types.ts';
import type { DemoCourse } from './types.ts';

/** Who did not submit in which round (T0 is 0): `director`, `ib`, or a teacher by number from 1. */
type Absent = Partial<Record<number, readonly ('director' | 'ib' | number)[]>>;

/** An invented school, with what is special about it in the demonstration. */
export type SchoolSketch = {
  name: string;
  /** Right in shape; numbers from 95 up, far above the codes that schools have. */
  brin: string;
  teachers: number;
  mode?: Mode;
  absent?: Absent;
  /** The round from which the school takes part; 0 where nothing is said. */
  joins?: number;
  /** From this round on there is another director. */
  newDirectorFrom?: number;
  /** The director has seen little of these competencies so far. */
  directorKnowsLittleOf?: readonly string[];
  /** Teachers, by number, who do not want to be recognised (open mode), from this round on. */
  refusesFrom?: { round: number; teachers: readonly number[] };
  /** So many of the teachers have not been coached by the IB'er, and can say little of that. */
  uncoached?: number;
  /** Comes into the classrooms, and so sees more than directors usually do. */
  closeDirector?: boolean;
  /** Scale points by which a view is above or below the others on a whole competency. */
  slants?: Readonly<Record<string, Partial<Record<Role, number>>>>;
  /** Scale points by which this IB'er sees itself higher than IB'ers usually do; below 0 lower. */
  selfHigher?: number;
  /** Teachers here write a lot. */
  talkative?: boolean;
  /** In the round that is open: how many of the team have submitted, and who stopped half-way. */
  underWay?: { submitted: number; started: number };
};

/** An invented cohort; `rounds` in days before now. */
export type CohortSketch = {
  name: string;
  programme: string;
  course: DemoCourse;
  trainerSeesSchools: boolean;
  /** When it was made, in days before now. */
  started: number;
  /** `closed` null: the round is open; `closes`: so many days after now, by its date. `unreleased`: the last so many schools have not been given their report. */
  rounds: readonly { opened: number; closed: number | null; closes?: number; unreleased?: number }[];
  /** Pulses between the rounds, with what they ask; `after`: the number of the round that came before. */
  pulses?: readonly { after: number; opened: number; closed: number; aspects: readonly string[] }[];
  schools: readonly SchoolSketch[];
};

export const PARTNERSHIP = 'SWV Rivierenrand (voorbeeld)';
const WHOLE = { programme: "De excellent communicerende IB'er (voorbeeld)", course: 'whole' } as const;

/** The first is what a trainer looks at first; the last is too small for figures of the whole cohort. */
export const COHORTS: readonly CohortSketch[] = [
  {
    name: 'Rivierenrand (voorbeeld)',
    ...WHOLE,
    trainerSeesSchools: true,
    started: 1060,
    rounds: [
      { opened: 1035, closed: 1010 },
      { opened: 675, closed: 650 },
      { opened: 330, closed: 304 },
      { opened: 9, closed: null, closes: 6 },
    ],
    // Half a year after T1: what the sessions since were about, listening and asking on.
    pulses: [
      {
        ...{ after: 1, opened: 480, closed: 468 },
        aspects: ['C1.04', 'C1.07', 'C1.09', 'C1.11', 'C1.18', 'C2.03', 'C2.10', 'C2.13', 'C4.11', 'C4.12'],
      },
    ],
    schools: [
      // What is looked at first: three full panels, one competency seen alike and three in different ways.
      {
        ...{ name: 'De Klimop, Veldhage', brin: '95AB00', teachers: 5, talkative: true, closeDirector: true },
        slants: {
          C1: { director: 0.3, teacher: -0.35 },
          C2: { director: 0.35, ib: -0.65, teacher: 0.35 },
          C4: { director: -0.9, ib: 0.2, teacher: -0.85 },
        },
        underWay: { submitted: 0, started: 0 },
      },
      {
        name: 'De Wingerd, Oosterlaar',
        brin: '95CD00',
        teachers: 4,
        selfHigher: -0.8,
        underWay: { submitted: 6, started: 0 },
      },
      {
        name: 'Het Kompas, Dijkzicht',
        brin: '95EF00',
        teachers: 6,
        uncoached: 3,
        underWay: { submitted: 5, started: 1 },
      },
      // Three teachers were asked, two answered: the teachers' panel stays closed.
      {
        name: 'De Zevensprong, Maasdonk',
        brin: '95GH00',
        teachers: 3,
        absent: { 2: [3] },
        underWay: { submitted: 4, started: 0 },
      },
      // The classic triad: one director, one IB'er, one teacher.
      {
        name: 'De Zonnewijzer, Nieuw-Beers',
        brin: '95JK00',
        teachers: 1,
        mode: 'open',
        underWay: { submitted: 2, started: 1 },
      },
      // One of two teachers does not want to be recognised.
      {
        ...{ name: 'De Vlinderboom, Heuvelrode', brin: '95LM00', teachers: 2, mode: 'open' },
        ...{ refusesFrom: { round: 1, teachers: [2] }, underWay: { submitted: 1, started: 0 } },
      },
      {
        name: '’t Veerhuis, Waalwijde',
        brin: '95NP00',
        teachers: 4,
        newDirectorFrom: 2,
        underWay: { submitted: 4, started: 1 },
      },
      {
        ...{ name: 'De Bolderik, Grootveen', brin: '95QR00', teachers: 4, directorKnowsLittleOf: ['C1', 'C2'] },
        underWay: { submitted: 3, started: 0 },
      },
      {
        name: 'De Waterlelie, Lagewaard',
        brin: '95ST00',
        teachers: 5,
        joins: 1,
        underWay: { submitted: 5, started: 0 },
      },
      // The director did not get round to it, so cannot see what the IB'er filled in.
      {
        name: 'Op de Terp, Wierum-Zuid',
        brin: '95UV00',
        teachers: 4,
        absent: { 2: ['director'] },
        underWay: { submitted: 2, started: 0 },
      },
      // Two of three teachers were never coached: most of those statements have too few scores to show.
      {
        name: 'De Notenkraker, Kerkbroek',
        brin: '95WX00',
        teachers: 3,
        uncoached: 2,
        selfHigher: 0.4,
        underWay: { submitted: 5, started: 0 },
      },
      {
        name: 'De Windroos, Zilverdorp',
        brin: '95YZ00',
        teachers: 3,
        absent: { 1: [2], 2: [1] },
        underWay: { submitted: 3, started: 2 },
      },
    ],
  },
  {
    name: 'Kuststreek (voorbeeld)',
    ...WHOLE,
    trainerSeesSchools: false,
    started: 840,
    rounds: [
      { opened: 812, closed: 788 },
      { opened: 447, closed: 420 },
      { opened: 33, closed: 6, unreleased: 2 },
    ],
    schools: [
      { name: 'De Strandloper, Duinoord', brin: '96AB00', teachers: 4 },
      { name: 'De Vuurtoren, Zeewijk', brin: '96CD00', teachers: 5, absent: { 1: ['ib'] } },
      { name: 'Het Schelpenpad, Noorderkapelle', brin: '96EF00', teachers: 3 },
      { name: 'De Zandbank, Katrijnezee', brin: '96GH00', teachers: 6, uncoached: 2 },
      { name: 'De Stuurman, Havenrade', brin: '96JK00', teachers: 4, newDirectorFrom: 1 },
      { name: 'De Meeuw, Waddenstee', brin: '96LM00', teachers: 3 },
    ],
  },
  {
    name: 'De Venen (voorbeeld)',
    ...WHOLE,
    trainerSeesSchools: true,
    started: 820,
    rounds: [
      { opened: 790, closed: 765 },
      { opened: 425, closed: 400 },
      { opened: 95, closed: 70 },
    ],
    schools: [
      { name: 'De Rietkraag, Turfhoven', brin: '97AB00', teachers: 1, mode: 'open' },
      { name: 'De Libel, Vinkelo', brin: '97CD00', teachers: 2, mode: 'open' },
      // The teacher did not submit: there is no view, and nothing to withhold.
      { name: 'De Aalscholver, Meerdrecht', brin: '97EF00', teachers: 1, mode: 'open', absent: { 2: [1] } },
      {
        name: 'Het Polderhuis, Slootwijk',
        brin: '97GH00',
        teachers: 2,
        mode: 'open',
        refusesFrom: { round: 2, teachers: [1] },
      },
    ],
  },
];

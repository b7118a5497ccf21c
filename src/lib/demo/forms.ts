import { pageOrder } from '#lib/instrument/page-order.ts';
import type { Role } from '#lib/instrument/types.ts';
import { answersOf } from './answers.ts';
import type { Landscape } from './landscape.ts';
import type { Staffed } from './people.ts';
import type { Portrait } from './portrait.ts';
import { randomFor } from './random.ts';
import { withRemarks } from './remarks.ts';
import { scalesOf } from './scales.ts';
import type { DemoAnswer, DemoForm, DemoPerson, DemoScale } from './types.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Somebody who stops half-way has done one page and this share of the next. */
const HALF_WAY = 0.5;

/**
 * A round at one school: when people may fill in, and how far the round is. A pulse lies between two rounds (1.5) and asks
 * `aspects` only; null: the whole list.
 */
export type FormWindow = {
  round: number;
  openedAt: Date;
  days: number;
  isOpen: boolean;
  aspects: ReadonlySet<string> | null;
};

/** Minutes that a form takes; one below so many statements is short, as that of a pulse. */
const TAKES = { long: [14, 38], short: [3, 9] } as const;
const SHORT = 30;

/** What the forms of a school are drawn from. */
export type FormSource = { landscape: Landscape; portrait: Portrait; seed: number; staffed: Staffed };

type Member = { person: DemoPerson; role: Role; number: number };

/** The forms that were started at one school in one round, submitted or not. */
export function formsOf(source: FormSource, window: FormWindow): DemoForm[] {
  const { seed, staffed } = source;
  const random = randomFor(seed, 'forms', staffed.school.name, window.round);
  const team = teamOf(staffed, window.round).filter((member) => !isAbsent(staffed, window.round, member));
  const { submitted, started } = window.isOpen
    ? (staffed.sketch.underWay ?? { submitted: 0, started: 0 })
    : { submitted: team.length, started: 0 };
  const order = window.isOpen ? random.shuffled(team) : team;
  const forms = order
    .slice(0, submitted + started)
    .map((member, index) => formOf(source, window, member, index < submitted));
  return withRemarks(forms, random, staffed.sketch.talkative ?? false);
}

function teamOf({ school, newDirector, sketch }: Staffed, round: number): Member[] {
  const isNew = newDirector !== null && round >= (sketch.newDirectorFrom ?? 0);
  return [
    { person: isNew ? newDirector : school.director, role: 'director', number: 0 },
    { person: school.ib, role: 'ib', number: 0 },
    ...school.teachers.map((person, index): Member => ({ person, role: 'teacher', number: index + 1 })),
  ];
}

function isAbsent({ sketch }: Staffed, round: number, { role, number }: Member): boolean {
  return (sketch.absent?.[round] ?? []).includes(role === 'teacher' ? number : role);
}

function formOf(source: FormSource, window: FormWindow, member: Member, isSubmitted: boolean): DemoForm {
  const { landscape, portrait, seed, staffed } = source;
  const { person, role, number } = member;
  const { sketch } = staffed;
  const { round, aspects } = window;
  const random = randomFor(seed, 'form', person.email, round);
  const pageSeed = random.whole(0, 2 ** 31 - 1);
  const start = window.openedAt.getTime() + random.whole(0, window.days) * DAY + random.whole(0, 540) * MINUTE;
  const whole = answersOf(landscape, portrait, seed, {
    ...{ email: person.email, role, round, knowsLittleOf: sketch.directorKnowsLittleOf ?? [] },
    isClose: role === 'director' && (sketch.closeDirector ?? false),
    uncoached: role === 'teacher' && number <= (sketch.uncoached ?? 0),
  });
  const all = aspects === null ? whole : whole.filter(({ aspect }) => aspects.has(aspect));
  const scales = role === 'ib' ? scalesOf(landscape, portrait, seed, person.email, round) : [];
  const [least, most] = all.length < SHORT ? TAKES.short : TAKES.long;
  const first = pageOrder([...new Set(landscape.aspects.map(({ competency }) => competency))], pageSeed);
  return {
    ...{ person, role, pageSeed },
    consent: sketch.mode === 'open' && role === 'teacher' ? !refuses(staffed, round, number) : null,
    startedAt: new Date(start),
    submittedAt: isSubmitted ? new Date(start + random.whole(least, most) * MINUTE) : null,
    answers: isSubmitted ? all : halfOf(all, landscape, first),
    scales: isSubmitted ? (aspects === null ? scales : askedInPulse(scales, landscape, aspects)) : [],
  };
}

/** The scale question is asked where an aspect of its competency is, and a pulse looks back on nothing. */
function askedInPulse(scales: readonly DemoScale[], { aspects }: Landscape, asked: ReadonlySet<string>): DemoScale[] {
  const competencies = new Set(aspects.filter(({ code }) => asked.has(code)).map(({ competency }) => competency));
  return scales.filter(({ competency, moment }) => moment === 'now' && competencies.has(competency));
}

function refuses({ sketch: { refusesFrom } }: Staffed, round: number, number: number): boolean {
  return refusesFrom !== undefined && round >= refusesFrom.round && refusesFrom.teachers.includes(number);
}

/** The first page in the rater's own order, and the beginning of the second. */
function halfOf(answers: readonly DemoAnswer[], { aspects }: Landscape, pages: readonly string[]): DemoAnswer[] {
  const pageOf = new Map(aspects.map(({ code, competency }) => [code, competency]));
  const on = (page: string | undefined) => answers.filter(({ aspect }) => pageOf.get(aspect) === page);
  const second = on(pages[1]);
  return [...on(pages[0]), ...second.slice(0, Math.floor(second.length * HALF_WAY))];
}

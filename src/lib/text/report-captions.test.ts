import { describe, expect, it } from 'vitest';
import { gapCaption, readingsCaption, triptychCaption } from './report-captions.ts';
import type { Furthest } from './report-captions.ts';
import type { People } from './report-words.ts';

const people: People = { ib: null, teachers: 3 };
const labels = ['(vrijwel) nooit', 'zelden', 'soms', 'meestal', '(vrijwel) altijd'];
const counts = { check_meaning: 5, not_observed: 0, seen_differently: 4, insufficient: 2, shared_view: 13 };
const furthest: Furthest = {
  title: "De IB'er laat de ander uitpraten.",
  high: { view: 'director', score: 5 },
  low: { view: 'ib', score: 2 },
};

describe('the sentences above a gap chart', () => {
  const caption = gapCaption(counts, { furthest, level: 'with' }, labels, people, 'nl');

  it('count what is alike, what differs and what is to be cleared up first', () => {
    expect(caption).toContain('Van de 24 aspecten zien jullie er 13 hetzelfde en 4 anders.');
    expect(caption).toContain('Bij 5 is eerst de vraag wat ermee bedoeld wordt.');
    expect(caption).not.toContain('wie het kan zien');
  });

  it('tell the largest difference in the words of the scale', () => {
    expect(caption).toContain(
      "‘De IB'er laat de ander uitpraten’: volgens de directeur (vrijwel) altijd, volgens de IB'er zelf zelden.",
    );
  });

  it('speak of several teachers as one side, and of a sole one as one', () => {
    const apart: Furthest = { ...furthest, low: { view: 'teacher', score: 2 } };
    const told = (teachers: number) =>
      gapCaption(counts, { furthest: apart, level: 'with' }, labels, { ib: null, teachers }, 'nl');
    expect(told(3)).toContain('volgens de leerkrachten samen zelden.');
    expect(told(1)).toContain('volgens de leerkracht zelden.');
  });

  it('leave it to the page to say once that some of it is chance', () => {
    expect(caption).not.toContain('1 op de 8');
  });

  it('name no largest difference when both would say the same word', () => {
    const close: Furthest = { ...furthest, high: { view: 'teacher', score: 4.3 }, low: { view: 'ib', score: 4 } };
    expect(gapCaption(counts, { furthest: close, level: 'with' }, labels, people, 'nl')).not.toContain('het grootst');
  });

  it('say so when nothing can be compared', () => {
    const none = { check_meaning: 0, not_observed: 0, seen_differently: 0, insufficient: 6, shared_view: 0 };
    expect(gapCaption(none, { furthest: null, level: 'with' }, labels, people, 'nl')).toBe(
      'Bij geen van de 6 aspecten zijn er twee beelden om te vergelijken.',
    );
  });

  it('count no aspects that are seen alike or differently where there is not one of either', () => {
    const unseen = { check_meaning: 0, not_observed: 4, seen_differently: 0, insufficient: 2, shared_view: 0 };
    expect(gapCaption(unseen, { furthest: null, level: 'with' }, labels, people, 'nl')).toMatch(
      /^Bij geen van de 6 aspecten is te zeggen of jullie het hetzelfde of anders zien\. Bij 4 /,
    );
  });
});

it('the triptych tells where the views are furthest apart, with the two scores', () => {
  const where: Furthest = {
    title: 'Leerkrachten coachen',
    high: { view: 'ib', score: 4.32 },
    low: { view: 'teacher', score: 3.2 },
  };
  expect(
    triptychCaption(
      ['in_agreement', 'blind_spot'],
      { furthest: where, level: 'with' },
      { ...people, ib: 'Marloes' },
      'nl',
    ),
  ).toBe(
    'Gemiddeld is het beeld bij 1 van de 2 competenties gelijk. ' +
      'Het grootste verschil zit bij ‘Leerkrachten coachen’: Marloes 4,3, de leerkrachten 3,2.',
  );
});

it('the triptych says "all" where everything is alike', () => {
  expect(
    triptychCaption(Array<'in_agreement'>(4).fill('in_agreement'), { furthest: null, level: 'with' }, people, 'nl'),
  ).toBe('Gemiddeld is het beeld bij alle 4 de competenties gelijk.');
});

it('the IB’er who reads the captions is spoken to', () => {
  const own: People = { ib: 'Marloes', teachers: 3, reader: 'ib' };
  expect(gapCaption(counts, { furthest, level: 'with' }, labels, own, 'nl')).toContain('volgens jou zelden.');
  expect(triptychCaption(['blind_spot'], { furthest, level: 'with' }, own, 'nl')).toContain(
    'de directeur 5,0, jij 2,0.',
  );
});

it('one aspect that could not be compared is one', () => {
  const left = { ...counts, insufficient: 1 };
  expect(readingsCaption(left, 'with', 'nl')).toContain(
    'Bij 1 aspect is te weinig beoordeeld om te vergelijken; dat telt',
  );
  expect(readingsCaption(left, 'with', 'en')).toContain('For 1 aspect too little was judged');
});

it('the readings count every aspect once', () => {
  expect(readingsCaption(counts, 'with', 'nl')).toContain('Bij 5 van de 24 aspecten');
  expect(readingsCaption(counts, 'with', 'nl')).toContain('Bij 2 aspecten is te weinig beoordeeld');
});

describe('without the level difference', () => {
  const told = { furthest, level: 'without' } as const;

  it('the captions say that it is taken off, and name no scores, which are as they were given', () => {
    const caption = gapCaption(counts, told, labels, people, 'nl');
    expect(caption).toContain('Na aftrek van het algemene verschil zien jullie van de 24 aspecten er 13 hetzelfde');
    expect(caption).not.toMatch(/het grootst|zelden/);
    expect(triptychCaption(['in_agreement', 'blind_spot'], told, people, 'nl')).toBe(
      'Na aftrek van het algemene verschil is het beeld bij 1 van de 2 competenties gelijk.',
    );
    expect(readingsCaption(counts, 'without', 'nl')).toContain('Bij 4 zien jullie het na aftrek');
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NoteKeeper, type NoteState, type Sent, type SentNote } from './note-keeper.ts';

let sent: SentNote[];
let states: Record<string, NoteState>;
let answer: (note: SentNote) => Sent | Promise<Sent>;
let keeper: NoteKeeper;

beforeEach(() => {
  vi.useFakeTimers();
  [sent, states] = [[], {}];
  answer = ({ version }) => ({ version: version + 1 });
  keeper = new NoteKeeper({
    send: async (note) => {
      sent.push(note);
      return answer(note);
    },
    onState: (aspect, state) => {
      states[aspect] = state;
    },
  });
  keeper.know('C1.01', { text: '', version: 0 });
  keeper.know('C1.02', { text: 'was er al', version: 3 });
});
afterEach(() => void vi.useRealTimers());

const pause = () => vi.advanceTimersByTimeAsync(600);
const at = (aspect: string) =>
  sent.filter((note) => note.aspect === aspect).map(({ text, version }) => [text, version]);

describe('a note that is typed', () => {
  it('is sent once after a pause, over the version that was read, and over its own the next time', async () => {
    keeper.type('C1.02', 'was er al, e');
    await vi.advanceTimersByTimeAsync(500);
    keeper.type('C1.02', 'was er al, en meer');
    expect([states['C1.02'], keeper.isWaiting]).toEqual(['saving', true]);
    await pause();
    expect(at('C1.02')).toEqual([['was er al, en meer', 3]]);
    expect([states['C1.02'], keeper.isWaiting]).toEqual(['kept', false]);
    keeper.type('C1.02', 'nog meer');
    await pause();
    expect(at('C1.02').at(-1)).toEqual(['nog meer', 4]);
  });

  it('is sent again with what came while it was on its way', async () => {
    let arrive: (value: Sent) => void = () => undefined;
    answer = () => new Promise((resolve) => (arrive = resolve));
    keeper.type('C1.01', 'een');
    await pause();
    keeper.type('C1.01', 'een en twee');
    answer = ({ version }) => ({ version: version + 1 });
    arrive({ version: 1 });
    await pause();
    expect(at('C1.01')).toEqual([
      ['een', 0],
      ['een en twee', 1],
    ]);
    expect(keeper.isWaiting).toBe(false);
  });

  it('and taken back before the pause is over is not sent', async () => {
    keeper.type('C1.02', 'iets anders');
    keeper.type('C1.02', 'was er al');
    await pause();
    expect([sent, states['C1.02']]).toEqual([[], 'kept']);
  });

  it('goes at once where the page is left, each note once', async () => {
    keeper.type('C1.01', 'een');
    keeper.type('C1.02', 'twee');
    expect(await keeper.flush()).toBe(true);
    await pause();
    expect(sent.map(({ aspect }) => aspect)).toEqual(['C1.01', 'C1.02']);
  });

  it('waits and is tried again as long as no answer comes, and says so', async () => {
    answer = () => 'failed';
    keeper.type('C1.01', 'een');
    expect(await keeper.flush()).toBe(false);
    expect([states['C1.01'], keeper.isWaiting]).toEqual(['failed', true]);
    answer = ({ version }) => ({ version: version + 1 });
    await vi.advanceTimersByTimeAsync(5000);
    expect([states['C1.01'], at('C1.01').length]).toEqual(['kept', 2]);
  });
});

describe('a note that somebody else wrote meanwhile', () => {
  beforeEach(async () => {
    answer = ({ aspect, version }) => (aspect === 'C1.01' ? 'conflict' : { version: version + 1 });
    keeper.type('C1.01', 'van mij');
    keeper.type('C1.02', 'ook van mij');
    await keeper.flush();
  });

  it('is not sent again by itself, whatever is typed, and holds no other note back', async () => {
    keeper.know('C1.01', { text: 'van de ander', version: 1 });
    keeper.type('C1.01', 'van mij, langer');
    await pause();
    expect([at('C1.01').length, states['C1.01'], states['C1.02']]).toEqual([1, 'conflict', 'kept']);
    expect(await keeper.flush()).toBe(false);
  });

  it('is settled by taking theirs, and goes on from their version', async () => {
    expect(keeper.know('C1.01', { text: 'van de ander', version: 1 })).toBe(false);
    keeper.type('C1.01', 'van de ander');
    expect([states['C1.01'], keeper.isWaiting]).toEqual(['kept', false]);
    answer = ({ version }) => ({ version: version + 1 });
    keeper.type('C1.01', 'van de ander, en van mij');
    await pause();
    expect(at('C1.01').at(-1)).toEqual(['van de ander, en van mij', 1]);
  });
});

describe('what the server has now', () => {
  it('shows in a field where nothing waits, and never in the place of what is typed', () => {
    expect(keeper.know('C1.02', { text: 'van de ander', version: 4 })).toBe(true);
    keeper.type('C1.02', 'ik typ');
    expect(keeper.know('C1.02', { text: 'nog een ander', version: 5 })).toBe(false);
  });

  it('leaves the version alone over which something is being typed: that is how a lost change is seen', async () => {
    keeper.type('C1.02', 'ik typ');
    keeper.know('C1.02', { text: 'van de ander', version: 4 });
    await pause();
    expect(at('C1.02')).toEqual([['ik typ', 3]]);
  });
});

import { describe, expect, it } from 'vitest';
import { AUDIT_ACTIONS } from '#lib/server/audit/service.ts';
import { actionText, detailText, objectText, whoText } from './audit.ts';

describe('the words of the log', () => {
  it.each(AUDIT_ACTIONS)('%s has its words in Dutch and in English', (action) => {
    const [dutch, english] = [actionText(action, 'nl'), actionText(action, 'en')];
    expect(dutch).not.toBe(action);
    expect(english).not.toBe(action);
    expect(dutch).not.toBe(english);
    expect(dutch).toMatch(/^[a-z]/); // it follows on a name
  });

  const line = {
    who: { kind: 'user', name: 'Sanne de Vries' },
    action: 'team.added',
    object: { type: 'series', id: 'x', name: 'Marloes, De Wingerd' },
    details: [{ key: 'role', value: 'teacher' }],
  };

  it('name who, what and about what', () => {
    expect([whoText(line, 'nl'), objectText(line, 'nl'), detailText(line, 'nl')]).toEqual([
      ...['Sanne de Vries', 'Marloes, De Wingerd', 'leerkracht'],
    ]);
    expect(
      detailText(
        {
          ...line,
          details: [
            { key: 'mode', value: 'open' },
            { key: 'responses', value: '3' },
          ],
        },
        'en',
      ),
    ).toBe('by name · 3 forms');
  });

  it('say of what is gone that it is, and of nobody who it was', () => {
    expect(objectText({ ...line, object: { ...line.object, name: null } }, 'nl')).toBe('verwijderd');
    expect(whoText({ ...line, who: { kind: 'user', name: null } }, 'nl')).toBe('Iemand zonder account');
    expect(whoText({ ...line, who: { kind: 'operator', name: null } }, 'nl')).toBe('Iemand op de server');
    expect(whoText({ ...line, who: { kind: 'visitor', name: null } }, 'nl')).toBe('Iemand');
    expect(whoText({ ...line, who: { kind: 'schedule', name: null } }, 'nl')).toBe('Drieluik zelf');
  });
});

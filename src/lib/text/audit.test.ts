import { describe, expect, it } from 'vitest';
import { AUDIT_ACTIONS } from '#lib/server/audit/service.ts';
import { actionText, detailText, happenedText, objectText, whoText } from './audit.ts';

describe('the words of the log', () => {
  it.each(AUDIT_ACTIONS)('%s has its words in Dutch and in English', (action) => {
    const [dutch, english] = [actionText(action, 'nl'), actionText(action, 'en')];
    expect(dutch).not.toBe(action);
    expect(english).not.toBe(action);
    expect(dutch).not.toBe(english);
    expect(dutch).toMatch(/^[a-z]/); // it follows on a name
  });

  const line = {
    who: { kind: 'user', userId: 'sanne', name: 'Sanne de Vries' },
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
    const imported = [
      { key: 'teams', value: '1' },
      { key: 'people', value: '4' },
    ];
    expect(detailText({ ...line, details: imported }, 'nl')).toBe("1 IB'er · 4 mensen");
  });

  it('tell the account that somebody was signing in to from who did it', () => {
    const visitor = { kind: 'visitor', userId: null, name: null };
    expect(actionText('second_factor.refused', 'nl', visitor)).toBe('gaf een verkeerde code bij een account');
    expect(actionText('second_factor.refused', 'nl', line.who)).toBe('gaf een verkeerde code');
    expect(actionText('cohort.created', 'nl', visitor)).toBe('heeft een cohort gemaakt');
  });

  it('tell in which direction a plan was moved, and one week from several', () => {
    const moved = (value: string) => detailText({ ...line, details: [{ key: 'weeks', value }] }, 'nl');
    expect([moved('1'), moved('-2')]).toEqual(['1 week later', '2 weken eerder']);
  });

  it('tell which copy was put back, and whether what ended since was done again', () => {
    const details = [
      { key: 'copy', value: 'copy.sqlite' },
      { key: 'journal', value: 'none' },
      { key: 'carried', value: '4' },
    ];
    expect(detailText({ ...line, details }, 'nl')).toBe(
      'copy.sqlite · zonder wat sindsdien is geëindigd · 4 nieuwere regels van het logboek behouden',
    );
  });

  it('tell data that the operator fetched for somebody from one’s own', () => {
    const operator = { kind: 'operator', userId: null, name: null };
    expect(actionText('personal_data.downloaded', 'nl', operator)).toBe('heeft de gegevens van iemand opgehaald');
    expect(actionText('personal_data.downloaded', 'nl', line.who)).toBe('heeft eigen gegevens opgehaald');
  });

  it('tell reports that the operator read from the command line from one that was opened', () => {
    const operator = { kind: 'operator', userId: null, name: null };
    expect(actionText('report.opened', 'nl', operator)).toBe('heeft de schoolrapporten van een cohort gelezen');
    expect(actionText('report.opened', 'nl', line.who)).toBe('heeft een rapport geopend');
  });

  it('can stand by themselves, beside “jij” too', () => {
    expect(happenedText({ action: 'sign_in.done', by: 'user' }, 'nl')).toBe('ingelogd');
    expect(happenedText({ action: 'second_factor.refused', by: 'user' }, 'nl')).toBe('gaf een verkeerde code');
    expect(happenedText({ action: 'sign_in.done', by: 'user' }, 'en')).toBe(actionText('sign_in.done', 'en'));
  });

  it('say of what is gone that it is, and of nobody who it was', () => {
    expect(objectText({ ...line, object: { ...line.object, name: null } }, 'nl')).toBe('verwijderd');
    expect(whoText({ ...line, who: { kind: 'user', userId: null, name: null } }, 'nl')).toBe('Iemand zonder account');
    expect(whoText({ ...line, who: { kind: 'operator', userId: null, name: null } }, 'nl')).toBe('Iemand op de server');
    expect(whoText({ ...line, who: { kind: 'visitor', userId: null, name: null } }, 'nl')).toBe('Iemand');
    expect(whoText({ ...line, who: { kind: 'schedule', userId: null, name: null } }, 'nl')).toBe('Drieluik zelf');
  });

  it('name nobody twice: what somebody did to the own account has no object', () => {
    const own = { type: 'user', id: 'sanne', name: 'Sanne de Vries' };
    expect(objectText({ ...line, object: own }, 'nl')).toBe('');
    expect(objectText({ ...line, object: { ...own, id: 'bram' } }, 'nl')).toBe('Sanne de Vries');
    expect(objectText({ ...line, object: { type: 'user', id: '', name: null } }, 'nl')).toBe('');
  });

  it('say of a refusal for whom the page is, never where it stands in the code', () => {
    const refused = {
      ...line,
      object: { type: 'page', id: '/(trainer)/cohorts/new', name: '' },
      details: [
        { key: 'method', value: 'POST' },
        { key: 'route', value: '/(admin)/admin/people/[user]' },
        { key: 'route', value: '/(nieuw)/x' },
        { key: 'by', value: 'recovery_code' },
      ],
    };
    expect(objectText(refused, 'nl')).toBe('een pagina voor trainers');
    expect(detailText(refused, 'nl')).toBe(
      'iets laten doen · een pagina voor beheerders · een pagina · met een herstelcode',
    );
  });
});

import type { RoleTexts, Scale } from './types.ts';

/** The scale of a list that does not bring its own texts, such as one from CSV: the same as that of ib-180. */
export const STANDARD_SCALE: Scale = {
  min: 1,
  max: 5,
  labels: [
    { value: 1, nl: '(vrijwel) nooit', en: '(almost) never' },
    { value: 2, nl: 'zelden', en: 'rarely' },
    { value: 3, nl: 'soms', en: 'sometimes' },
    { value: 4, nl: 'meestal', en: 'usually' },
    { value: 5, nl: '(vrijwel) altijd', en: '(almost) always' },
  ],
  cannotJudge: { nl: 'kan ik niet beoordelen', en: 'I cannot judge this' },
  unclear: { nl: 'deze stelling is mij niet duidelijk', en: 'this statement is not clear to me' },
  cannotJudgeReasons: [
    { key: 'not_seen', nl: 'niet gezien', en: 'not seen' },
    { key: 'unclear', nl: 'onduidelijk wat bedoeld wordt', en: 'unclear what is meant' },
  ],
};

/** The three roles, with introductions that fit any number of statements. */
export const STANDARD_ROLES: RoleTexts[] = [
  {
    key: 'director',
    title: { nl: 'Directeur', en: 'Director' },
    intro: {
      nl: 'Je geeft feedback aan de IB’er van je school. Bij elke stelling kies je hoe vaak je dit gedrag ziet. Je kunt tussendoor stoppen en later verdergaan. Zie je iets in jouw rol te weinig? Kies dan ‘kan ik niet beoordelen’: ook dat is een goed antwoord. De uitkomst helpt de IB’er om zich te ontwikkelen en is geen beoordeling.',
      en: 'You are giving feedback to the IB’er of your school. For each statement you choose how often you see this behaviour. You can stop at any moment and go on later. Do you see too little of something in your role? Then choose ‘I cannot judge this’: that is a good answer too. The result helps the IB’er to develop and is no appraisal.',
    },
  },
  {
    key: 'ib',
    title: { nl: 'IB’er (zelf)', en: 'IB’er (self)' },
    intro: {
      nl: 'Je kijkt naar je eigen werk als IB’er. Bij elke stelling kies je hoe vaak je dit in de praktijk doet. Denk aan de afgelopen maanden en antwoord zoals het nu gaat. Je kunt tussendoor stoppen en later verdergaan. De uitkomst helpt je om je te ontwikkelen en is geen beoordeling.',
      en: 'You are looking at your own work as an IB’er. For each statement you choose how often you do this in practice. Think of the past months and answer as things are now. You can stop at any moment and go on later. The result helps you to develop and is no appraisal.',
    },
  },
  {
    key: 'teacher',
    title: { nl: 'Leerkracht', en: 'Teacher' },
    intro: {
      nl: 'Je wordt gevraagd om feedback voor de IB’er van je school. Bij elke stelling kies je hoe vaak je dit gedrag ziet. Je kunt tussendoor stoppen en later verdergaan. Heb je iets zelf niet meegemaakt? Kies dan ‘kan ik niet beoordelen’: ook dat is een goed antwoord. Je antwoorden helpen de IB’er om zich te ontwikkelen en zijn geen beoordeling.',
      en: 'You are asked for feedback for the IB’er of your school. For each statement you choose how often you see this behaviour. You can stop at any moment and go on later. Is something outside your own experience? Then choose ‘I cannot judge this’: that is a good answer too. Your answers help the IB’er to develop and are no appraisal.',
    },
  },
];

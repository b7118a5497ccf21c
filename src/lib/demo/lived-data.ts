/** Invented answers to what made a session useful. */
export const USEFUL: readonly string[] = [
  'Oefenen met een gesprek dat ik volgende week echt heb.',
  'Horen dat anderen dezelfde twijfel hebben.',
  'De vraag “wat lukte er al?” heb ik dezelfde middag gebruikt.',
  'Samen kijken naar één casus, rustig en tot het eind.',
  'Het verschil tussen adviseren en coachen werd me pas hier duidelijk.',
  'De tijd om na te denken over mijn eigen doel.',
  'De voorbeelden uit de praktijk.',
  'Feedback op mijn eigen opname.',
];

/** Invented answers to what would make one more useful. */
export const MORE: readonly string[] = [
  'Iets minder theorie in het eerste uur.',
  'Meer tijd om te oefenen in drietallen.',
  'De stukken een week eerder krijgen.',
  'Een voorbeeld van een gesprek dat misliep.',
  'Ook mijn directeur er een keer bij.',
  'Terugkomen op wat we de vorige keer hadden afgesproken.',
];

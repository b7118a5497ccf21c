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

/** Invented work that was handed in for an assignment, each with the feedback that a trainer gave on it. */
export const HANDED_IN: readonly { text: string; feedback: string }[] = [
  {
    text: 'Ik heb drie gesprekken met een collega opgenomen en teruggeluisterd. In het eerste gaf ik vooral raad. In het derde vroeg ik eerst wat er al lukte, en toen kwam ze zelf met een idee.\n\nWat ik meeneem: stiltes laten vallen. Dat voelt lang, maar er gebeurt dan iets.',
    feedback:
      'Mooi hoe je laat zien wat er tussen het eerste en het derde gesprek veranderde. Wat deed je precies in die stilte? Een kleine volgende stap: vraag je collega wat zij aan die stilte had.',
  },
  {
    text: 'Bij een zorgbespreking heb ik vooraf met de leerkracht het doel opgeschreven. Het gesprek duurde een kwartier korter dan anders, en iedereen wist na afloop wie wat zou doen.',
    feedback:
      'Dank je wel. Dat opschrijven vooraf werkt duidelijk voor je. Wanneer lukt het nog niet, en wat is dan anders? Neem dat mee naar de volgende bijeenkomst.',
  },
  {
    text: 'Mijn doel was: minder zelf invullen. Ik heb een maand lang na elk gesprek genoteerd hoeveel vragen ik stelde en hoeveel adviezen ik gaf. In week vier was dat omgedraaid.',
    feedback:
      'Knap dat je het bent gaan tellen. Je hoeft niet naar nul adviezen: welke adviezen waren wél raak, en hoe wist je dat?',
  },
  {
    text: 'Ik heb een collega gevraagd mij te filmen. We keken samen terug. Zij zag dat ik knik voordat iemand is uitgesproken; dat wist ik niet. Volgende maand kijken we nog een keer.',
    feedback:
      'Dapper dat je je hebt laten filmen, en dat je je collega liet vertellen wat ze zag. Waaraan merkt iemand volgende maand dat je even wacht voordat je knikt?',
  },
  {
    text: 'Met mijn directeur heb ik afgesproken wie wat doet als een ouder boos belt. Het past op een half A4 en hangt nu in de teamkamer.',
    feedback:
      'Fijn dat jullie het samen hebben uitgezocht, en dat iedereen het kan zien hangen. Wanneer hebben jullie het voor het eerst nodig gehad, en wat stond er toen goed op?',
  },
];

/** The same from people who come as a pair. */
export const PAIR_USEFUL: readonly string[] = [
  'We hebben eindelijk gezegd wie waarvoor staat.',
  'Samen op een rij zetten wat er vóór het vastlopen gebeurde.',
  'Oefenen met een grens stellen, en toch vriendelijk blijven.',
  'Horen hoe andere koppels het verdelen.',
  'Dat we de casus van onszelf mochten nemen.',
  'De vraag wanneer het wel even goed ging.',
  'Een uur met mijn koppelgenoot zonder telefoon.',
  'Zien dat we hetzelfde bedoelden en het anders zeiden.',
  'Het gespreksmodel op één blaadje.',
  'Wisselen van rol: ik was even de ouder.',
];

export const PAIR_MORE: readonly string[] = [
  'Vooraf weten welke casus we meenemen.',
  'Wat meer tijd om met ons tweeën na te praten.',
  'Nog een keer oefenen met het lastigste stuk.',
  'Een voorbeeld van een gesprek dat misliep.',
  'Iets om in het team te laten zien.',
  'Minder lang over de theorie.',
  'Een terugkomdag na een half jaar.',
];

/** Invented notes of IB'ers at the scale question: by competency, for each follow-up question a few to choose from. */
export const SCALE_NOTES: Readonly<Record<string, readonly (readonly string[])[]>> = {
  C1: [
    ['Ik leg mijn telefoon weg en vat samen wat ik hoor.', 'Ik bereid een lastig gesprek voor met één doel.'],
    [
      'Met de leerkrachten van de onderbouw. Daar neem ik de tijd.',
      'Met mijn duo-collega: we zeggen gewoon wat we denken.',
    ],
    ['Ik zeg aan het begin waar het over gaat.', 'Ik vraag aan het eind wat de ander meeneemt.'],
  ],
  C2: [
    [
      'De bespreking van vorige maand: we begonnen met wat lukte.',
      'Die met beide ouders. Ik gaf hun als eersten het woord.',
    ],
    [
      'Dat de vraag van ouders als eerste op tafel komt.',
      'Dat we tien minuten eerder klaar zijn, met heldere afspraken.',
    ],
    ['Ik stuur de agenda drie dagen van tevoren.', 'Ik laat iemand anders de afspraken opschrijven.'],
  ],
  C3: [
    [
      'De instructietafel. Ik ben eerst twee keer gaan kijken.',
      'Het beloningskaartje bleef liggen; het weekplan niet. Dat kwam uit de klas zelf.',
    ],
    ['Wat heb je al geprobeerd, en wat werkte een beetje?', 'Wat zoek je: advies, meedenken of even je verhaal kwijt?'],
    ['Bij de vraag over zelfstandig werken in groep 5.', 'Bij de nieuwe collega in de middenbouw, woensdag.'],
  ],
  C4: [
    [
      'Ik hield mijn mond, en toen kwam het idee vanzelf.',
      'Ik vroeg naar een les die wel liep. De rest deed zij zelf.',
    ],
    [
      'Geen oplossing geven. Het vraagt moed om niet te redden.',
      'Een patroon benoemen zonder dat het een verwijt wordt.',
    ],
    ['Wanneer lukte het wel, al was het maar even?', 'Waar sta je nu op een schaal van 0 tot 10?'],
  ],
};

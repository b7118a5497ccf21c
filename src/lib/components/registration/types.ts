/** A school that registered, as its trainer reads it. */
export type RegistrationLine = {
  id: string;
  school: { name: string; brin: string | null };
  ib: { name: string; email: string } | null;
  director: { name: string; email: string } | null;
  people: 1 | 2;
  state: 'placed' | 'next' | 'waiting' | 'left' | 'withdrawn';
  arrivedAt: string;
  toldWaitingAt: string | null;
  isInCohort: boolean;
  seriesId: string | null;
};

/** A registration as its trainer reads it; numbers count people. */
export type RegistrationOverview = {
  registration: {
    minPeople: number | null;
    maxPeople: number | null;
    pairs: boolean;
    lastOn: string;
    closedAt: string | null;
  };
  isTaking: boolean;
  goesOn: string;
  lines: RegistrationLine[];
  registered: number;
  taken: number;
  byHand: number;
  free: number | null;
};

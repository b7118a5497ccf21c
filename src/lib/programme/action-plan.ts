/** How much a personal action plan holds: few steps, and texts that together fit one A4. Lengths are in characters. */
export const TEXT_LENGTH = 600;
export const STEP_LENGTH = 200;
export const MOST_STEPS = 6;

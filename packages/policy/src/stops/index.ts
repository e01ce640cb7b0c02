export { isAbout, leaves, STRICTNESS, type Attempt, type Stop } from './reach.js';
export { loosenedStops, type LoosenedStop } from './loosened.js';
export { COOL_DOWN_SECONDS, LIFT_RULES, liftRuleFor, NEWCOMER_SECONDS, type LiftRule } from './lift-rule.js';
export { STOP_ALL, typedToLift } from './typed.js';
export { liftSentence, stopSentence } from './words.js';

/** What a large question goes through before anybody is waited for: it is read, decided and written down (ADR 31). */
import { canonical } from '@reeve/audit';
import { readJson, rehearse as rehearseDeciding } from '@reeve/policy';

const MEMBERS = 5_000;
const TURNS = 5;

export function rehearse(): void {
  rehearseDeciding();
  const members = Array.from({ length: MEMBERS }, (_, i) => [`member_${i}`, i % 2 ? i : [`text ${i}`]]);
  const question = JSON.stringify({ arguments: Object.fromEntries(members) });
  for (let turn = 0; turn < TURNS; turn++) {
    const read = readJson(question);
    if (read.ok) canonical(read.value);
  }
}

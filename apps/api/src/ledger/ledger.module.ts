import { Global, Module } from '@nestjs/common';
import { AnsweredHeads } from './answered-heads.js';
import { Changes } from './changes.js';
import { Keyring } from './keyring.js';
import { KeysInUse } from './keys-in-use.js';
import { ClockCheck } from './clock-check.js';
import { LedgerClock } from './ledger-clock.js';
import { RecordProbe } from './record-probe.js';
import { SubjectKeys } from './subject-keys.js';
import { Vault } from './vault.js';

/** The proof and what writes it; every feature's changes go through it. */
@Global()
@Module({
  providers: [
    { provide: LedgerClock, useFactory: () => new LedgerClock() },
    AnsweredHeads,
    Changes,
    ClockCheck,
    Keyring,
    KeysInUse,
    RecordProbe,
    SubjectKeys,
    Vault,
  ],
  exports: [AnsweredHeads, Changes, ClockCheck, Keyring, LedgerClock, RecordProbe, SubjectKeys, Vault],
})
export class LedgerModule {}

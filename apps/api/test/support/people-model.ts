/* oxlint-disable vitest/no-standalone-expect -- the model asks the product after each step */
/** Who knows which password and who has proved what: a model of people in two tenants, and the product beside it. */
import { expect } from 'vitest';
import type { Credential, TestApp } from './app.js';
import { cookieOf, People } from './people.js';

export const TENANTS = ['alpha', 'beta'] as const;
export type Tenant = (typeof TENANTS)[number];
/** The attacker is the owner of alpha; the person is who the address belongs to, and has beta's trust. */
type Who = 'attacker' | 'person';

interface Account {
  password: string;
  knownTo: Set<Who>;
  readonly places: Set<Tenant>;
}
interface Place {
  readonly id: string;
  account: Account | null;
  disabled: boolean;
  link: string | null;
}
interface Session {
  readonly who: Who;
  readonly account: Account;
  readonly credential: Credential;
  alive: boolean;
}

export const ACTIONS = [
  ...TENANTS.flatMap(
    (tenant) =>
      [
        ['invite', tenant],
        ['relink', tenant],
        ['relink', tenant],
        ['remove', tenant],
        ['toggle', tenant],
        ['join as new', tenant, 'person'],
        ['join as existing', tenant, 'person'],
      ] as const,
  ),
  ['invite', 'alpha'],
  ['invite', 'beta'],
  ['join as new', 'alpha', 'attacker'],
  ['join as new', 'alpha', 'attacker'],
  ['join as existing', 'alpha', 'attacker'],
  ['sign in', 'alpha', 'attacker'],
  ['sign in', 'alpha', 'person'],
  ['change password', 'alpha', 'attacker'],
  ['change password', 'alpha', 'person'],
  ['tell password', 'alpha', 'attacker'],
  ['tell password', 'alpha', 'attacker'],
  ['join as existing', 'beta', 'person'],
  ['join as existing', 'beta', 'person'],
  ['use dead link', 'alpha', 'attacker'],
] as const;
export type Action = (typeof ACTIONS)[number];

/** What the runs share: the product, the owners of the tenants, and how often each thing really happened. */
export class Stage {
  readonly people: People;
  readonly happened = new Map<string, number>();
  private nth = 0;

  constructor(
    readonly reeve: TestApp,
    readonly owners: ReadonlyMap<Tenant, Credential>,
  ) {
    this.people = new People(reeve);
  }

  next(): number {
    return (this.nth += 1);
  }

  count(what: string): void {
    this.happened.set(what, (this.happened.get(what) ?? 0) + 1);
  }
}

export class World {
  private readonly email: string;
  private readonly places = new Map<Tenant, Place>();
  private readonly accounts: Account[] = [];
  private readonly sessions: Session[] = [];
  private readonly dead: string[] = [];

  constructor(private readonly stage: Stage) {
    this.email = `person${stage.next()}@beta.test`;
  }

  async act([what, tenant, who = 'attacker']: Action): Promise<void> {
    const place = this.places.get(tenant);
    const owner = this.stage.owners.get(tenant)!;
    if (what === 'invite') {
      if (place !== undefined)
        return expect(this.stage.people.add(owner, tenant, this.email)).rejects.toThrow('already');
      const { member, token } = await this.stage.people.add(owner, tenant, this.email);
      this.places.set(tenant, { id: member.id, account: null, disabled: false, link: token });
      return this.stage.count(what);
    }
    if (what === 'relink' && place !== undefined && !place.disabled) {
      const { token } = await this.stage.people.newLink(owner, tenant, place.id);
      this.endLink(place);
      place.link = token;
      return this.stage.count(what);
    }
    if (what === 'remove' && place !== undefined) {
      await this.stage.people.remove(owner, tenant, place.id);
      this.endLink(place);
      this.leave(place.account, tenant);
      this.places.delete(tenant);
      return this.stage.count(what);
    }
    if (what === 'toggle' && place !== undefined) {
      await this.stage.people.setDisabled(owner, tenant, place.id, !place.disabled);
      this.endLink(place);
      place.disabled = !place.disabled;
      return this.stage.count(what);
    }
    if (what === 'join as new' && place?.link) return this.joinAsNew(tenant, place, who);
    if (what === 'join as existing' && place?.link) return this.joinAsExisting(tenant, place, who);
    if (what === 'sign in') return this.signIn(who);
    if (what === 'change password') return this.changePassword(who);
    if (what === 'tell password') {
      // "Your account is ready, the password is …": the person believes it.
      const told = this.known('attacker').at(-1);
      if (told === undefined) return;
      told.knownTo.add('person');
      return this.stage.count(what);
    }
    if (what === 'use dead link' && this.dead.length > 0) {
      expect((await this.stage.people.joinAsNew(this.dead.at(-1)!, this.newPassword())).statusCode).toBe(410);
      return this.stage.count(what);
    }
  }

  /** What the model expects is what the product does; and nobody who has not proved beta is in it. */
  async check(): Promise<void> {
    for (const { who, account, credential, alive } of this.sessions) {
      const inside = await this.stage.people.tenantsOf(credential);
      expect(inside).toEqual(alive ? this.reach(account) : []);
      if (who === 'attacker') expect(inside).not.toContain('beta');
    }
    for (const account of this.known('attacker')) expect(account.places).not.toContain('beta');
    for (const tenant of TENANTS) {
      const place = this.places.get(tenant);
      const shown = await this.stage.people.find(this.stage.owners.get(tenant)!, tenant, this.email);
      expect(shown?.id).toBe(place?.id);
      if (place === undefined) continue;
      const state = place.account === null ? 'invited' : 'active';
      expect(shown).toMatchObject({
        name: `As ${tenant} calls them`,
        state: place.disabled ? 'disabled' : state,
      });
    }
  }

  private async joinAsNew(tenant: Tenant, place: Place, who: Who): Promise<void> {
    const password = this.newPassword();
    const answer = await this.stage.people.joinAsNew(place.link!, password);
    expect(answer.statusCode).toBe(200);
    const account: Account = { password, knownTo: new Set([who]), places: new Set([tenant]) };
    this.accounts.push(account);
    this.seat(tenant, place, account);
    this.sessions.push({ who, account, credential: cookieOf(answer), alive: true });
    this.stage.count(`join as new ${who}`);
  }

  private async joinAsExisting(tenant: Tenant, place: Place, who: Who): Promise<void> {
    const account = this.known(who).at(-1);
    if (account === undefined) return;
    const password = this.newPassword();
    const answer = await this.stage.people.joinAsExisting(place.link!, account.password, password);
    expect(answer.statusCode).toBe(200);
    this.replacePassword(account, password, who);
    account.places.add(tenant);
    this.seat(tenant, place, account);
    this.sessions.push({ who, account, credential: cookieOf(answer), alive: true });
    this.stage.count(`join as existing ${who}`);
    if (account.places.size === 2) this.stage.count('in both');
  }

  private async signIn(who: Who): Promise<void> {
    const account = this.known(who).at(-1);
    if (account === undefined) return;
    const answer = await this.stage.people.signIn(this.email, account.password);
    expect(answer.statusCode).toBe(200);
    this.sessions.push({ who, account, credential: cookieOf(answer), alive: true });
    this.stage.count(`sign in ${who}`);
  }

  private async changePassword(who: Who): Promise<void> {
    const session = this.sessions.findLast((each) => each.alive && each.who === who);
    if (session === undefined || !session.account.knownTo.has(who)) return;
    const password = this.newPassword();
    const answer = await this.stage.reeve.inject({
      method: 'POST',
      url: '/auth/password',
      headers: { cookie: session.credential.cookie! },
      payload: { currentPassword: session.account.password, password },
    });
    expect(answer.statusCode).toBe(204);
    this.replacePassword(session.account, password, who, session);
    this.stage.count(`change password ${who}`);
  }

  /** Accounts there are whose password somebody knows. */
  private known(who: Who): Account[] {
    return this.accounts.filter(({ knownTo }) => knownTo.has(who));
  }

  private reach({ places }: Account): string[] {
    return [...places].filter((tenant) => !this.places.get(tenant)!.disabled).toSorted();
  }

  private seat(tenant: Tenant, place: Place, account: Account): void {
    this.endLink(place);
    const before = place.account;
    place.account = account;
    if (before !== account) this.leave(before, tenant);
  }

  private leave(account: Account | null, tenant: Tenant): void {
    if (account === null) return;
    account.places.delete(tenant);
    if (account.places.size > 0) return;
    this.accounts.splice(this.accounts.indexOf(account), 1);
    for (const session of this.sessions) if (session.account === account) session.alive = false;
  }

  private replacePassword(account: Account, password: string, who: Who, keep?: Session): void {
    Object.assign(account, { password, knownTo: new Set([who]) });
    for (const session of this.sessions)
      if (session.account === account && session !== keep) session.alive = false;
    for (const tenant of account.places) this.endLink(this.places.get(tenant)!);
  }

  private endLink(place: Place): void {
    if (place.link !== null) this.dead.push(place.link);
    place.link = null;
  }

  private readonly newPassword = () => `a password, number ${this.stage.next()}`;
}

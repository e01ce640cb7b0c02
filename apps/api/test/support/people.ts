/** What people do with members and links, over the public API. */
import type { LightMyRequestResponse } from 'fastify';
import type { AdminRole } from '@reeve/policy';
import { TenantsService } from '../../src/tenants/tenants.service.js';
import { PASSWORD, REASON, type Credential, type TestApp } from './app.js';

export interface ShownMember {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly state: string;
  readonly version: number;
}
export interface Invited {
  readonly member: ShownMember;
  readonly token: string;
  readonly expiresAt: string;
}

const MEMBER = 'id email name roles state version createdAt';

export const cookieOf = ({ cookies }: LightMyRequestResponse): Credential => ({
  cookie: `${cookies[0]!.name}=${cookies[0]!.value}`,
});

export class People {
  constructor(private readonly reeve: TestApp) {}

  async add(
    who: Credential,
    tenant: string,
    email: string,
    roles: readonly AdminRole[] = ['viewer'],
  ): Promise<Invited> {
    const query = `mutation ($email: String!) { addMember(tenant: "${tenant}", email: $email, name: "As ${tenant} calls them", roles: [${roles.join()}], reason: "${REASON}") { member { ${MEMBER} } link { url expiresAt } } }`;
    const { data, errors } = await this.reeve.graphql(who, query, { email });
    if (errors.length > 0) throw new Error(errors[0]!.message);
    return invited(data!['addMember']);
  }

  async newLink(who: Credential, tenant: string, id: string): Promise<Invited> {
    return invited(
      await this.change(who, tenant, id, 'newMemberLink', '', `member { ${MEMBER} } link { url expiresAt }`),
    );
  }

  async setDisabled(who: Credential, tenant: string, id: string, disabled: boolean): Promise<void> {
    await this.change(who, tenant, id, 'setMemberDisabled', `disabled: ${disabled}, `, 'id');
  }

  async remove(who: Credential, tenant: string, id: string): Promise<void> {
    await this.change(who, tenant, id, 'removeMember', '', '');
  }

  async members(who: Credential, tenant: string): Promise<ShownMember[]> {
    const { data, errors } = await this.reeve.graphql(who, `{ members(tenant: "${tenant}") { ${MEMBER} } }`);
    if (errors.length > 0) throw new Error(errors[0]!.message);
    return data!['members'] as ShownMember[];
  }

  async find(who: Credential, tenant: string, email: string): Promise<ShownMember> {
    return (await this.members(who, tenant)).find((member) => member.email === email)!;
  }

  look(token: string): Promise<LightMyRequestResponse> {
    return this.post('link', { token });
  }

  joinAsNew(token: string, password = PASSWORD): Promise<LightMyRequestResponse> {
    return this.post('link/new-account', { token, password });
  }

  joinAsExisting(token: string, password: string, newPassword: string, code?: string) {
    return this.post('link/existing-account', { token, password, newPassword, ...(code ? { code } : {}) });
  }

  signIn(email: string, password: string): Promise<LightMyRequestResponse> {
    return this.post('sign-in', { email, password });
  }

  /** The slugs of the tenants somebody gets into. */
  async tenantsOf(who: Credential): Promise<string[]> {
    const { data } = await this.reeve.graphql(who, '{ tenants { slug } }');
    return ((data?.['tenants'] ?? []) as { slug: string }[]).map(({ slug }) => slug).toSorted();
  }

  async tenantId(slug: string): Promise<string> {
    return (await this.reeve.app.get(TenantsService).requireBySlug(slug)).id;
  }

  private async change(
    who: Credential,
    tenant: string,
    id: string,
    mutation: string,
    args: string,
    fields: string,
  ) {
    const version = (await this.members(who, tenant)).find((member) => member.id === id)?.version ?? 1;
    const { data, errors } = await this.reeve.graphql(
      who,
      `mutation { ${mutation}(tenant: "${tenant}", memberId: "${id}", ${args}expectedVersion: ${version}, reason: "${REASON}") ${fields === '' ? '' : `{ ${fields} }`} }`,
    );
    if (errors.length > 0) throw new Error(errors[0]!.message);
    return data![mutation];
  }

  private post(path: string, payload: object): Promise<LightMyRequestResponse> {
    return this.reeve.inject({
      method: 'POST',
      url: `/auth/${path}`,
      payload,
      remoteAddress: `10.${next() >> 8}.${next() & 255}.1`,
    });
  }
}

/** Addresses of their own, so that a test of people is not stopped as a guesser. */
let address = 0;
const next = () => (address = (address + 1) % 65_536);

function invited(answer: { member: ShownMember; link: { url: string; expiresAt: string } }): Invited {
  const token = new URL(answer.link.url).hash.replace('#token=', '');
  return { member: answer.member, token, expiresAt: answer.link.expiresAt };
}

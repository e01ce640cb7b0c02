/** What the remote-care app lets an agent do on the customer's phone. Nothing here touches the account, but make_payment. */
import { takes, text } from '../schema.js';
import { toolbox } from '../tool.js';

const { read, write, dangerous } = toolbox('remote-care-mcp', 'device care');

const looks = 'Reads the phone and changes nothing.';
const undone = 'A setting of the phone that the customer can put back.';
const app = text('Name of the app, such as messaging', 64);

const check = (description: string) => read(description, looks, takes());
const set = (description: string) => write(description, undone, takes(), { reversible: true });

export const phoneTools = {
  check_status_bar: check('The icons of the status bar.'),
  check_network_status: check('Connection to the cellular network and Wi-Fi.'),
  check_network_mode_preference: check('Preferred network technology.'),
  check_sim_status: check('State of the SIM card.'),
  check_apn_settings: check('Access point settings.'),
  check_data_restriction_status: check('Whether data saver is on.'),
  check_wifi_status: check('State of Wi-Fi.'),
  check_wifi_calling_status: check('Whether Wi-Fi calling is on.'),
  check_vpn_status: check('State of the VPN.'),
  check_installed_apps: check('Names of the installed apps.'),
  check_app_status: read('Permissions and data use of an app.', looks, takes({ app_name: app })),
  check_app_permissions: read('Permissions of an app.', looks, takes({ app_name: app })),
  check_payment_request: check('The payment request that is open.'),
  can_send_mms: check('Whether picture messages can be sent.'),
  run_speed_test: check('Measures the speed of mobile data.'),

  toggle_airplane_mode: set('Airplane mode on or off.'),
  toggle_data: set('Mobile data on or off.'),
  toggle_roaming: set('Data roaming on or off.'),
  toggle_data_saver_mode: set('Data saver on or off.'),
  toggle_wifi: set('Wi-Fi on or off.'),
  toggle_wifi_calling: set('Wi-Fi calling on or off.'),
  connect_vpn: set('Connects the VPN.'),
  disconnect_vpn: set('Disconnects the VPN.'),
  reboot_device: set('Restarts the phone.'),
  reseat_sim_card: set('Takes the SIM card out and puts it back.'),
  reset_apn_settings: write(
    'Access point settings back to the default.',
    "Forgets the phone's own settings; the operator's defaults are known.",
    takes(),
  ),
  set_apn_settings: write(
    'Writes access point settings.',
    'A setting of the phone; a reset brings the defaults back.',
    takes({
      apn_settings: {
        type: 'object',
        additionalProperties: { type: ['string', 'boolean', 'null'], maxLength: 200 },
        maxProperties: 10,
        description: 'Such as apn_name, mmsc_url',
      },
    }),
    { reversible: true },
  ),
  set_network_mode_preference: write(
    'Sets the preferred network technology.',
    undone,
    takes({ mode: text('Such as 4g_5g_preferred', 64) }),
    { reversible: true },
  ),
  grant_app_permission: write(
    'Gives an app a permission.',
    'The customer can take it away again in the settings.',
    takes({ app_name: app, permission: text('Such as storage, sms', 64) }),
    { reversible: true },
  ),
  make_payment: dangerous(
    'Pays the open payment request.',
    'A payment: charges the customer the whole bill.',
    takes(),
  ),
};

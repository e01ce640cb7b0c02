/** The retailer's tools. Whatever charges or refunds, cancellations included, is dangerous. */
import * as common from '../common-tools.js';
import { list, matching, takes, text } from '../schema.js';
import { toolbox } from '../tool.js';

const { read, write, dangerous } = toolbox('orders-mcp', 'orders team');

const userId = matching('^[a-z]+(_[a-z]+)*_[0-9]+$', 'Customer, such as sara_doe_496');
const orderId = matching('^#W[0-9]+$', 'Order, such as #W0000000');
const itemId = matching('^[0-9]+$', 'Item, such as 1008292230');
const productId = matching('^[0-9]+$', 'Product, such as 6086499569');
const paymentMethod = text('A payment method of the customer, such as credit_card_0000000', 64);
/** A second line is often absent. */
const address = {
  address1: text('First line'),
  'address2?': text('Second line, may be empty'),
  city: text('City'),
  state: text('State, such as CA'),
  country: text('Country, such as USA'),
  zip: text('Postal code', 16),
};

export const tools = {
  ...common,

  find_user_id_by_email: read(
    'Finds a customer by e-mail.',
    'Identifies the customer and changes nothing.',
    takes({ email: matching('^\\S+@\\S+$', 'E-mail address') }),
  ),
  find_user_id_by_name_zip: read(
    'Finds a customer by name and postal code.',
    'Identifies the customer and changes nothing.',
    takes({ first_name: text('First name'), last_name: text('Last name'), zip: text('Postal code', 16) }),
  ),
  get_user_details: read(
    "A customer's profile, payment methods and orders.",
    'Looks up and changes nothing; personal data, so only for the customer it is about.',
    takes({ user_id: userId }),
  ),
  get_order_details: read(
    'An order with its items, address and payments.',
    'Looks up and changes nothing.',
    takes({ order_id: orderId }),
  ),
  get_product_details: read(
    'A product with its variants, prices and stock.',
    'Public information.',
    takes({ product_id: productId }),
  ),
  get_item_details: read('One variant of a product.', 'Public information.', takes({ item_id: itemId })),
  list_all_product_types: read('The products sold.', 'Public information.', takes()),

  cancel_pending_order: dangerous(
    'Cancels an order that was not shipped and refunds it.',
    'A cancellation: the refund leaves at once and the order cannot be brought back.',
    takes({ order_id: orderId, reason: text('Why the customer cancels') }),
  ),
  modify_pending_order_items: dangerous(
    'Exchanges items of an order that was not shipped.',
    'A payment: charges or refunds the difference, and an order takes it only once.',
    takes({
      order_id: orderId,
      item_ids: list(itemId, 'Items to replace'),
      new_item_ids: list(itemId, 'Their replacements, in the same order'),
      payment_method_id: paymentMethod,
    }),
  ),
  modify_pending_order_payment: dangerous(
    'Pays an order that was not shipped by another method.',
    'A payment: charges the new method and refunds the old one.',
    takes({ order_id: orderId, payment_method_id: paymentMethod }),
  ),
  modify_pending_order_address: write(
    'Sends an order that was not shipped to another address.',
    'Until it is shipped, the old address can be put back.',
    takes({ order_id: orderId, ...address }),
    { reversible: true },
  ),
  modify_user_address: write(
    "Changes a customer's default address.",
    'A field of the profile; the old address can be put back.',
    takes({ user_id: userId, ...address }),
    { reversible: true },
  ),
  return_delivered_order_items: dangerous(
    'Takes back delivered items for a refund.',
    'A payment: promises the customer money.',
    takes({
      order_id: orderId,
      item_ids: list(itemId, 'Items that come back'),
      payment_method_id: paymentMethod,
    }),
  ),
  exchange_delivered_order_items: dangerous(
    'Exchanges delivered items.',
    'A payment: charges or refunds the difference, and an order takes it only once.',
    takes({
      order_id: orderId,
      item_ids: list(itemId, 'Items that come back'),
      new_item_ids: list(itemId, 'Their replacements, in the same order'),
      payment_method_id: paymentMethod,
    }),
  ),
};

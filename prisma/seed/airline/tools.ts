/** The airline's tools. Whatever books, changes or refunds moves money: dangerous. */
import * as common from '../common-tools.js';
import { amount, count, date, list, matching, object, oneOf, takes, text } from '../schema.js';
import { toolbox } from '../tool.js';

const { read, write, dangerous } = toolbox('reservations-mcp', 'reservations team');

const userId = matching('^[a-z]+(_[a-z]+)*_[0-9]+$', 'Customer, such as sara_doe_496');
const reservationId = matching('^[A-Z0-9]{6}$', 'Reservation, such as ZFA04Y');
const flightNumber = matching('^[A-Z]{2,3}[0-9]{1,4}$', 'Flight, such as HAT001');
const payment = text('A payment method of the customer, such as credit_card_7815826', 64);
const cabin = oneOf(['basic_economy', 'economy', 'business'], 'Cabin of the whole reservation');
const passengers = list(
  object({ first_name: text('First name'), last_name: text('Last name'), dob: date('Date of birth') }),
  'Everybody who travels',
);
/** Agents copy further members out of a search result; the reservation system reads the first two. */
const flights = list(
  {
    type: 'object',
    properties: { flight_number: flightNumber, date: date('Day of departure') },
    required: ['flight_number', 'date'],
    additionalProperties: { type: ['string', 'number', 'object', 'null'] },
  },
  'Every segment, also the unchanged ones',
);
const route = {
  origin: text('Airport, such as JFK', 64),
  destination: text('Airport, such as LAX', 64),
  date: date('Day of departure'),
};

export const tools = {
  ...common,

  get_user_details: read(
    "A customer's profile, payment methods and reservations.",
    'Looks up and changes nothing; personal data, so only for the customer it is about.',
    takes({ user_id: userId }),
  ),
  get_reservation_details: read(
    'A reservation with its flights, passengers and payments.',
    'Looks up and changes nothing.',
    takes({ reservation_id: reservationId }),
  ),
  get_flight_status: read(
    'Whether a flight is on time, delayed, cancelled or landed.',
    'Public information.',
    takes({ flight_number: flightNumber, date: date('Day of departure') }),
  ),
  list_all_airports: read('The airports served.', 'Public information.', takes()),
  search_direct_flight: read('Direct flights of a day.', 'Public information.', takes(route)),
  search_onestop_flight: read('Flights with one stop of a day.', 'Public information.', takes(route)),

  book_reservation: dangerous(
    'Books flights and charges the payment methods.',
    'A payment: charges the customer, and most fares are not refundable.',
    takes({
      user_id: userId,
      origin: text('Airport, such as JFK', 64),
      destination: text('Airport, such as LAX', 64),
      flight_type: oneOf(['one_way', 'round_trip'], 'Kind of trip'),
      cabin,
      flights,
      passengers,
      payment_methods: list(
        object({ payment_id: payment, amount: amount('USD charged to it') }),
        'What pays, adding up to the price',
      ),
      total_baggages: count('Checked bags'),
      nonfree_baggages: count('Those that are paid for'),
      insurance: oneOf(['yes', 'no'], 'Travel insurance, 30 USD a passenger'),
    }),
  ),
  cancel_reservation: dangerous(
    'Cancels a whole reservation and refunds it.',
    'A cancellation: seats are gone and money goes back; nobody can undo it.',
    takes({ reservation_id: reservationId }),
  ),
  update_reservation_flights: dangerous(
    'Replaces the flights or the cabin of a reservation.',
    'A payment: the difference in price is charged or refunded at once.',
    takes({ reservation_id: reservationId, cabin, flights, payment_id: payment }),
  ),
  update_reservation_baggages: dangerous(
    'Changes the checked bags of a reservation.',
    'A payment: 50 USD for each further bag.',
    takes({
      reservation_id: reservationId,
      total_baggages: count('Checked bags after the change'),
      nonfree_baggages: count('Those that are paid for'),
      payment_id: payment,
    }),
  ),
  update_reservation_passengers: write(
    'Corrects who travels on a reservation.',
    'Changes names only; no money moves and the old names can be put back.',
    takes({ reservation_id: reservationId, passengers }),
    { reversible: true },
  ),
  send_certificate: dangerous(
    'Gives a customer a travel certificate.',
    'A payment by the airline: a certificate is as good as money.',
    takes({ user_id: userId, amount: count('USD') }),
  ),
};

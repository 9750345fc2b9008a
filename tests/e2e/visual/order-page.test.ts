import { ORDER_PAGE } from './states/order-page'
import { testStates } from './support/state-tests'

testStates('the order page', ORDER_PAGE)

import { ORDER_LIST } from './states/order-list'
import { testStates } from './support/state-tests'

testStates('the order list', ORDER_LIST)

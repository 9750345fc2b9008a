import { orderList } from './states/order-list'
import { proveLooks } from './support/prove'

proveLooks('the order list', orderList)

import { orderPage } from './states/order-page'
import { proveLooks } from './support/prove'

proveLooks('the order page', orderPage)

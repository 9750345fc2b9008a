import { goodsList } from './states/goods-list'
import { proveLooks } from './support/prove'

proveLooks('the goods list', goodsList)

import { GOODS_LIST } from './states/goods-list'
import { testStates } from './support/state-tests'

testStates('the goods list', GOODS_LIST)

import type { Order } from '../../../typings/contract'
import { Invocation, type Fate } from '../simulation/invocation'
import { refused } from '../simulation/memory-gateway'
import { Simulation } from '../simulation/simulation'
import type { Subject } from './subject'

/** Opens the memory ports, on which the safety tests run. */
export async function openMemorySubject(): Promise<Subject> {
  const simulation = new Simulation()
  const fates = new Map<string, Fate>()
  const invocation = new Invocation('contract', ({ name }, when) => {
    const fate = fates.get(`${when} ${name}`) ?? 'go'
    fates.delete(`${when} ${name}`)
    return fate
  })
  const shop = simulation.shopPorts(invocation)
  const { goods } = simulation.shopperPorts('', invocation)
  return {
    goods,
    orders: ({ _openid }) =>
      _openid === undefined ? shop.orders : simulation.shopperPorts(_openid, invocation).orders,
    wechatPay: shop.wechatPay,
    messages: {
      send: (order: Order) => {
        const instead = order.body
        if (instead === 'breaks') fates.set('after messages.send', 'fault')
        else fates.set('before messages.send', { instead })
        return shop.messages.send(order)
      },
    },
    database: simulation.database,
    ledger: simulation.ledger,
    payer: simulation.payer,
    now: () => simulation.clock.now(),
    refuseNext: (endpoint, err_code) =>
      void fates.set(`before wechatPay.${endpoint}`, { instead: refused(err_code) }),
    loseNext: (endpoint) => void fates.set(`after wechatPay.${endpoint}`, 'fault'),
    close: async () => {},
  }
}

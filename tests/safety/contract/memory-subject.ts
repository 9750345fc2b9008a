import type { Order } from '../../../typings/contract'
import { Invocation, type Fate } from '../support/invocation'
import { refused } from '../support/memory-gateway'
import { World } from '../support/world'
import type { Subject } from './subject'

/** The ports that the safety tests run on. */
export async function openMemorySubject(): Promise<Subject> {
  const world = new World()
  const fates = new Map<string, Fate>()
  const invocation = new Invocation('contract', ({ name }, when) => {
    const fate = fates.get(`${when} ${name}`) ?? 'go'
    fates.delete(`${when} ${name}`)
    return fate
  })
  const shop = world.shopPorts(invocation)
  const { goods } = world.shopperPorts('', invocation)
  return {
    goods,
    orders: ({ _openid }) =>
      _openid === undefined ? shop.orders : world.shopperPorts(_openid, invocation).orders,
    wechatPay: shop.wechatPay,
    messages: {
      send: (order: Order) => {
        const instead = order.body
        if (instead === 'breaks') fates.set('after messages.send', 'fault')
        else fates.set('before messages.send', { instead })
        return shop.messages.send(order)
      },
    },
    database: world.database,
    ledger: world.ledger,
    payer: world.payer,
    now: () => world.clock.now(),
    refuseNext: (endpoint, err_code) =>
      void fates.set(`before wechatPay.${endpoint}`, { instead: refused(err_code) }),
    loseNext: (endpoint) => void fates.set(`after wechatPay.${endpoint}`, 'fault'),
    close: async () => {},
  }
}

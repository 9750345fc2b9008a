// A cloud function that runs the action that its event names, with the real SDK.
const { channel } = require('node:diagnostics_channel')
const cloud = require('wx-server-sdk')

const loadedWith = { ...process.env }
cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })

const actions = {
  whoAmI: async ({ pause = 0 }) => {
    const before = cloud.getWXContext()
    await new Promise((resolve) => setTimeout(resolve, pause))
    return { before, after: cloud.getWXContext() }
  },
  add: ({ collection, data }) => cloud.database().collection(collection).add({ data }),
  leave: ({ collection }) => {
    const write = () => {
      const { OPENID: openid } = cloud.getWXContext()
      return cloud.database().collection(collection).add({ data: { openid } })
    }
    setTimeout(() => setTimeout(write, 20), 20)
  },
  call: ({ name, data }) => cloud.callFunction({ name, data }).then(({ result }) => result),
  links: ({ fileList }) => cloud.getTempFileURL({ fileList }),
  message: ({ message }) => cloud.openapi.subscribeMessage.send(message),
  security: ({ content }) => cloud.openapi.security.msgSecCheck({ content }),
  environment: () => ({ ...process.env }),
  loadedWith: () => loadedWith,
  event: (event) => event,
  nothing: () => undefined,
  endless: () => {
    for (;;) {
      // Never yields to the event loop
    }
  },
  hang: () => new Promise(() => {}),
  fail: ({ message }) => {
    throw new Error(message)
  },
  handle: ({ message, code }) => {
    channel('shop.error').publish(Object.assign(new Error(message), code && { code }))
    return 'handled'
  },
  circular: () => {
    const result = {}
    result.itself = result
    return result
  },
  crash: () =>
    new Promise(() => {
      setImmediate(() => {
        throw new Error('thrown outside a call')
      })
    }),
  exit: () => process.exit(3),
  print: ({ lines }) => lines.forEach((line) => console.log(line)),
  now: () => ({
    now: Date.now(),
    made: new Date().getTime(),
    text: Date(),
    fixed: new Date(2020, 0, 1).getFullYear(),
    isDate: new Date() instanceof Date,
  }),
}

exports.main = (event) => actions[event.do](event)

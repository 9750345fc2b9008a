// A cloud function that leaves work behind when it replies, as its event asks.
const http = require('http')

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

// What is left at loading: it belongs to no call.
setTimeout(() => console.log('after loading'), 50)

const actions = {
  timer: () => void setTimeout(() => console.log('timer'), 20),
  promise: () => void sleep(20).then(() => console.log('promise')),
  // the request is on its way, and its answer has not come
  request: async ({ url }) => {
    const request = http.get(url, (response) => {
      console.log(`response ${response.statusCode}`)
      response.resume()
    })
    await new Promise((resolve) => request.on('finish', resolve))
  },
  crash: () => {
    setTimeout(() => {
      throw new Error('left behind')
    }, 20)
  },
  print: ({ text }) => console.log(text),
}

exports.main = async ({ leave = [], wait = 0, fail, ...event }) => {
  for (const name of leave) await actions[name](event)
  if (fail !== undefined) throw new Error(fail)
  await sleep(wait)
  return 'replied'
}

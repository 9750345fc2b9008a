// A cloud function that replies before the work that its event asks for has ended.
const http = require('http')

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

// Work that is started while the function loads, before any call
setTimeout(() => console.log('after loading'), 50)

const actions = {
  timer: () => void setTimeout(() => console.log('timer'), 20),
  promise: () => void sleep(20).then(() => console.log('promise')),
  // The request has been sent, and its answer has not arrived
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

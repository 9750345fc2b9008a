import { connect } from './services/cloud'

App<IAppOption>({
  onLaunch() {
    connect()
  },
})

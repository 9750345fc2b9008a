/** What `getApp()` gives: this shop keeps no state of its own in the app object. */
interface IAppOption {}

/* A network as it is in a stairwell: put between the scripts of the phone app and the server by bench/field_faults.py. */
(() => {
  const real = window.fetch.bind(window);
  const sent = [];
  const counted = {};
  let state = (SEED + Date.now()) % 2147483648;
  const chance = () => (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648;
  const note = (what) => (counted[what] = (counted[what] ?? 0) + 1);
  const gone = () => {
    throw new TypeError("the network is gone");
  };
  const turned = (how) => {
    const body = JSON.parse(how.body);
    body.boxes.reverse();
    return { ...how, body: JSON.stringify(body) };
  };
  window.badNetwork = {
    on: true,
    remember() {
      const all = JSON.parse(localStorage.getItem("faults") ?? "{}");
      for (const [what, many] of Object.entries(counted)) all[what] = (all[what] ?? 0) + many;
      for (const what of Object.keys(counted)) delete counted[what];
      localStorage.setItem("faults", JSON.stringify(all));
    },
  };
  window.fetch = async (address, how) => {
    if (!String(address).includes("/veld/contact/") || !window.badNetwork.on) return real(address, how);
    const dice = chance();
    sent.push(how);
    if (dice < 0.3) return note("never arrived"), gone();
    if (dice < 0.5) return note("answer lost"), await real(address, how), gone();
    if (dice < 0.6) note("sent twice"), real(address, how).catch(() => null);
    else if (dice < 0.7) note("old one sent again"), real(address, sent[Math.floor(chance() * sent.length)]).catch(() => null);
    else if (dice < 0.8) return note("turned round"), real(address, turned(how));
    else note("as it should be");
    return real(address, how);
  };
})();

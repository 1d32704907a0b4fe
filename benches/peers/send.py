"""Messages as twilio-python sends them: so many, by so many threads, to the stand-in; prints messages a second. No ledger."""

import sys
import time
from concurrent.futures import ThreadPoolExecutor

from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

carrier, count, threads = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])


class ToTheStandIn(TwilioHttpClient):
    def request(self, method, url, *arguments, **named):
        return super().request(method, url.replace("https://api.twilio.com", carrier), *arguments, **named)


client = Client("ACa1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1", "pretend-auth-token", http_client=ToTheStandIn())


def send(n):
    client.messages.create(
        to=f"+3363998{n:04}",
        from_="+15005550006",
        body="Lyon: rain from 2pm, 11C, tonight 6C. Wind 25km/h. Tomorrow dry, 13C.",
    )


began = time.monotonic()
with ThreadPoolExecutor(threads) as pool:
    for _ in pool.map(send, range(count)):
        pass
print(count / (time.monotonic() - began), flush=True)

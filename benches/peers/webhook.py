"""The webhook as one would write it in Python: twilio-python checks and answers, sqlite3 keeps the text. No place, no forecast."""

import os
import sqlite3

from flask import Flask, Response, abort, request
from twilio.request_validator import RequestValidator
from twilio.twiml.messaging_response import MessagingResponse

app = Flask(__name__)
validator = RequestValidator(os.environ["TWILIO_AUTH_TOKEN"])
url = os.environ["PUBLIC_URL"] + "/twilio/text"
texts = sqlite3.connect(os.environ["DATABASE"], timeout=30)
texts.execute("CREATE TABLE IF NOT EXISTS texts (sid TEXT PRIMARY KEY, phone TEXT, body TEXT)")


@app.post("/twilio/text")
def text():
    if not validator.validate(url, request.form, request.headers.get("X-Twilio-Signature", "")):
        abort(403)
    form = request.form
    with texts:
        texts.execute(
            "INSERT OR REPLACE INTO texts VALUES (?, ?, ?)", (form["MessageSid"], form["From"], form["Body"])
        )
    answer = MessagingResponse()
    answer.message("Lyon: rain from 2pm, 11C, tonight 6C.")
    return Response(str(answer), mimetype="text/xml")

//! What somebody does at the carrier's console: the number's fields and the messaging service that has it.

use super::Sim;
use super::carrier::services::Service;

impl Sim {
    /// Sets a field of the number's REST resource, such as `SmsApplicationSid`, as somebody at the console would.
    pub fn set_number(&self, field: &str, value: &str) -> bool {
        self.world.book().number.set(field, value)
    }

    /// How the messaging service calls its inbound URL, as the console would set it.
    pub fn set_service_method(&self, method: &str) {
        if let Some(service) = &mut self.world.book().service {
            method.clone_into(&mut service.method);
        }
    }

    /// Puts our number into a messaging service, whose inbound URL then counts instead of the number's own.
    pub fn put_number_in_service(&self, name: &str, inbound_url: Option<&str>, uses_number: bool) {
        let sid = self.world.sid("MG");
        self.world.book().service = Some(Service {
            sid,
            name: name.to_owned(),
            method: "POST".to_owned(),
            inbound_url: inbound_url.map(str::to_owned),
            uses_number,
        });
    }
}

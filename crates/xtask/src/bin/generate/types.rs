//! The TypeScript types of everything that crosses between Rust and JavaScript, from the Rust types.

use std::{collections::BTreeMap, iter};

use lichtbild::{config, observation, surface};
use lichtbild_protocol::{PROTOCOL_VERSION, capture, partner, problem, review};
use ts_rs::{Config, TS, TypeVisitor};

pub fn text() -> String {
    let mut types = Types { config: Config::new().with_large_int("number"), declarations: BTreeMap::new() };
    types.add::<config::ConfigInput>();
    types.add::<surface::Snapshot>();
    types.add::<surface::Action>();
    types.add::<surface::CaptureEvent>();
    types.add::<surface::Receipt>();
    types.add::<observation::Observation>();
    types.add::<capture::SessionSnapshot>();
    types.add::<capture::TokenIssued>();
    types.add::<partner::CreateCase>();
    types.add::<partner::CaseCreated>();
    types.add::<partner::CasePage>();
    types.add::<partner::CaseReport>();
    types.add::<partner::DocumentReport>();
    types.add::<partner::SetWebhook>();
    types.add::<partner::Webhook>();
    types.add::<partner::WebhookEvent>();
    types.add::<partner::Delivery>();
    types.add::<review::ReviewReport>();
    types.add::<review::ChangeCase>();
    types.add::<review::JudgeRule>();
    types.add::<review::Decide>();
    types.add::<review::PutBack>();
    types.add::<problem::Problem>();

    let head = format!(
        "// Made from the Rust types by `cargo xtask types`; change them there.\n\n\
         /** Version of the protocol between page, engine and server. */\n\
         export const protocolVersion = \"{PROTOCOL_VERSION}\";\n"
    );
    let parts: Vec<String> = iter::once(head).chain(types.declarations.into_values()).collect();
    parts.join("\n").lines().map(str::trim_end).collect::<Vec<_>>().join("\n") + "\n"
}

struct Types {
    config: Config,
    declarations: BTreeMap<String, String>,
}

impl Types {
    fn add<T: TS + 'static + ?Sized>(&mut self) {
        self.visit::<T>();
    }
}

impl TypeVisitor for Types {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        // Only declared types have a file of their own; numbers, lists and the like are written in place.
        if T::output_path().is_some() && !self.declarations.contains_key(&T::ident(&self.config)) {
            let docs = T::docs().unwrap_or_default();
            self.declarations.insert(T::ident(&self.config), format!("{docs}export {}\n", T::decl(&self.config)));
            T::visit_dependencies(self);
        }
        T::visit_generics(self);
    }
}

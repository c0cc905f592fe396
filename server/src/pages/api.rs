//! The OpenAPI description as a page to read: operations by tag, then the types.

use maud::{Markup, html};
use serde_json::Value;

use super::page;

/// The page for a description.
pub fn api(description: &Value) -> String {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let tags = list(&description["tags"]);
    page(
        "en",
        "API",
        &html! {
            p { (prose(&description["info"]["description"])) }
            p { a href="/openapi.json" { "OpenAPI 3.1 as JSON" } " · " a href="/docs/errors" { "Errors" } }
            @for tag in &tags {
                h2 id=(text(&tag["name"])) { (text(&tag["name"])) }
                p { (prose(&tag["description"])) }
                @for (path, method, operation) in operations(description) {
                    @if list(&operation["tags"]).contains(&tag["name"]) { (article(path, method, operation)) }
                }
            }
            h2 id="types" { "Types" }
            @for (name, schema) in entries(&description["components"]["schemas"]) {
                article id=(name) {
                    h3 { (name) }
                    p { (prose(&schema["description"])) }
                    details {
                        summary { "JSON Schema" }
                        pre { code { (serde_json::to_string_pretty(schema).unwrap_or_default()) } }
                    }
                }
            }
        },
    )
}

fn operations(description: &Value) -> impl Iterator<Item = (&str, &str, &Value)> {
    entries(&description["paths"])
        .flat_map(|(path, item)| entries(item).map(move |(method, operation)| (path, method, operation)))
        .filter(|(_, _, operation)| operation["responses"].is_object())
}

fn article(path: &str, method: &str, operation: &Value) -> Markup {
    let parameters = operation["parameters"].as_array().map(Vec::as_slice).unwrap_or_default();
    html! {
        article {
            h3 { (method.to_uppercase()) " " (path) }
            p { (prose(&operation["summary"])) " " (prose(&operation["description"])) }
            @if !parameters.is_empty() {
                table {
                    tbody {
                        @for parameter in parameters {
                            tr {
                                td { code { (text(&parameter["name"])) } }
                                td { (text(&parameter["in"])) }
                                td { (prose(&parameter["description"])) }
                            }
                        }
                    }
                }
            }
            @if let Some(body) = reference(&operation["requestBody"]) { p { "Body: " (link(body)) } }
            p {
                "Answers: "
                @for (number, (status, answer)) in entries(&operation["responses"]).enumerate() {
                    @if number > 0 { ", " }
                    (status)
                    @if let Some(body) = reference(answer) { " " (link(body)) }
                }
            }
        }
    }
}

fn link(name: &str) -> Markup {
    html! { a href={ "#" (name) } { code { (name) } } }
}

/// The named type of a body, if it is one.
fn reference(holder: &Value) -> Option<&str> {
    let (_, content) = entries(&holder["content"]).next()?;
    let schema = &content["schema"];
    let named = schema["$ref"].as_str().or_else(|| schema["items"]["$ref"].as_str())?;
    named.rsplit('/').next()
}

fn entries(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    value.as_object().into_iter().flatten().map(|(name, value)| (name.as_str(), value))
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// Text in which backticks enclose code.
fn prose(value: &Value) -> Markup {
    html! {
        @for (at, part) in text(value).split('`').enumerate() {
            @if at % 2 == 1 { code { (part) } } @else { (part) }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_stands_in_backticks_is_code_and_everything_is_escaped() {
        assert_eq!(
            prose(&json!("After `cursor`, a <token> of `next`.")).into_string(),
            "After <code>cursor</code>, a &lt;token&gt; of <code>next</code>."
        );
        assert_eq!(prose(&json!(null)).into_string(), "");
    }
}

//! A strict little XML reader: what it takes is well-formed, what is not well-formed it names.

/// An element with its children.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) children: Vec<Node>,
}

/// What stands inside an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Node {
    Text(String),
    Element(Element),
}

impl Element {
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }
}

/// Reads one document: an optional declaration, comments, exactly one root.
pub(crate) fn read(text: &str) -> Result<Element, String> {
    if let Some(bad) = text.chars().find(|letter| !is_allowed(*letter)) {
        return Err(format!("U+{:04X} is not allowed in XML", u32::from(bad)));
    }
    let mut reader = Reader { rest: text };
    if reader.rest.starts_with("<?xml") {
        reader.until("?>").ok_or("the declaration has no end")?;
    }
    reader.blanks()?;
    let root = reader.element(0)?;
    reader.blanks()?;
    match reader.rest {
        "" => Ok(root),
        _ => Err("something follows the root element".into()),
    }
}

struct Reader<'a> {
    rest: &'a str,
}

impl<'a> Reader<'a> {
    fn element(&mut self, depth: usize) -> Result<Element, String> {
        if depth > 8 {
            return Err("elements are nested too deeply".into());
        }
        self.take("<").ok_or("an element was expected")?;
        let name = self.name()?.to_owned();
        let mut element = Element {
            name,
            attributes: Vec::new(),
            children: Vec::new(),
        };
        loop {
            let spaced = self.spaces();
            if self.take("/>").is_some() {
                return Ok(element);
            }
            if self.take(">").is_some() {
                break;
            }
            if !spaced {
                return Err(format!("<{}> is not closed properly", element.name));
            }
            let (name, value) = self.attribute()?;
            if element.attribute(&name).is_some() {
                return Err(format!("the attribute {name} stands twice"));
            }
            element.attributes.push((name, value));
        }
        self.content(&mut element, depth)?;
        Ok(element)
    }

    fn content(&mut self, element: &mut Element, depth: usize) -> Result<(), String> {
        loop {
            let end = self.rest.find('<').ok_or("an element has no end tag")?;
            let (text, rest) = self.rest.split_at(end);
            self.rest = rest;
            if text.contains("]]>") {
                return Err("]]> stands in text".into());
            }
            if !text.is_empty() {
                element.children.push(Node::Text(resolve(text)?));
            }
            if self.take("</").is_some() {
                let name = self.name()?;
                self.spaces();
                if name != element.name || self.take(">").is_none() {
                    return Err(format!("<{}> is closed by something else", element.name));
                }
                return Ok(());
            }
            if self.take("<!--").is_some() {
                self.until("-->").ok_or("a comment has no end")?;
            } else if self.take("<![CDATA[").is_some() {
                let text = self.until("]]>").ok_or("a CDATA section has no end")?;
                element.children.push(Node::Text(text.to_owned()));
            } else {
                element
                    .children
                    .push(Node::Element(self.element(depth + 1)?));
            }
        }
    }

    fn attribute(&mut self) -> Result<(String, String), String> {
        let name = self.name()?.to_owned();
        self.spaces();
        self.take("=").ok_or("an attribute has no value")?;
        self.spaces();
        let quote = if self.rest.starts_with('\'') {
            "'"
        } else {
            "\""
        };
        self.take(quote).ok_or("an attribute value is not quoted")?;
        let value = self.until(quote).ok_or("an attribute value has no end")?;
        if value.contains('<') {
            return Err("< stands in an attribute".into());
        }
        Ok((name, resolve(value)?))
    }

    fn name(&mut self) -> Result<&'a str, String> {
        let end = self
            .rest
            .find(|letter: char| !letter.is_ascii_alphanumeric() && !"_-.:".contains(letter))
            .unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at(end);
        self.rest = rest;
        match name.chars().next() {
            Some(first) if first.is_ascii_alphabetic() || first == '_' => Ok(name),
            _ => Err("a name was expected".into()),
        }
    }

    /// White space and comments outside the root.
    fn blanks(&mut self) -> Result<(), String> {
        loop {
            self.spaces();
            if self.take("<!--").is_none() {
                return Ok(());
            }
            self.until("-->").ok_or("a comment has no end")?;
        }
    }

    fn spaces(&mut self) -> bool {
        let trimmed = self.rest.trim_start_matches([' ', '\t', '\r', '\n']);
        let moved = trimmed.len() != self.rest.len();
        self.rest = trimmed;
        moved
    }

    fn take(&mut self, token: &str) -> Option<()> {
        self.rest = self.rest.strip_prefix(token)?;
        Some(())
    }

    fn until(&mut self, token: &str) -> Option<&'a str> {
        let (before, after) = self.rest.split_once(token)?;
        self.rest = after;
        Some(before)
    }
}

/// Replaces the five named entities and numbered characters; anything else after `&` is an error.
fn resolve(text: &str) -> Result<String, String> {
    let mut plain = String::with_capacity(text.len());
    let mut pieces = text.split('&');
    plain.push_str(pieces.next().unwrap_or(""));
    for piece in pieces {
        let (name, rest) = piece.split_once(';').ok_or("& stands alone")?;
        let letter = match name {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => numbered(name).filter(|letter| is_allowed(*letter)),
        };
        plain.push(letter.ok_or_else(|| format!("&{name}; is no entity"))?);
        plain.push_str(rest);
    }
    Ok(plain)
}

fn numbered(name: &str) -> Option<char> {
    let digits = name.strip_prefix('#')?;
    let code = match digits.strip_prefix('x') {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => digits.parse().ok()?,
    };
    char::from_u32(code)
}

fn is_allowed(letter: char) -> bool {
    matches!(letter, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

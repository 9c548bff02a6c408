//! An upload by GET: the site fetches the picture itself.

use hyper::Request;
use url::Url;

use crate::answer::{self, Question};
use crate::client::X_API_KEY;
use crate::{ApiKey, BaseUrl, Client, Error, Fields, Image, multipart};

impl Client {
    /// Asks a site by GET to fetch a picture from an address. Admin keys only, and only where the site allows it.
    ///
    /// [`Source::Url`](crate::Source::Url) says the same by POST and is the better way: a long description makes an
    /// address longer than servers take (HTTP 414). GET exists for what lets nothing else through. It works for an
    /// address only, never for base64, and only with the key in the header: in the query it would be written into
    /// every log on the way, so a site of the [old API](crate::Api::Old) cannot be asked like this.
    ///
    /// # Errors
    /// [`Error`]; the request is whole as soon as the connection stands, so everything that breaks later is
    /// [`Error::Unknown`].
    pub async fn upload_by_get(
        &self,
        base: &BaseUrl,
        key: &ApiKey,
        picture: &Url,
        fields: &Fields,
    ) -> Result<Image, Error> {
        let source = [("source", picture.to_string())];
        let url = base.query_url(source.into_iter().chain(multipart::texts(fields)));
        let request = Request::get(url.as_str()).header(X_API_KEY, key.header());
        let answer = self.ask(&url, request, self.answer).await?;
        let question = Question {
            secret: Some(key.expose()),
            format: fields.format,
            with_source: true,
            by_address: true,
            sent_whole: true,
            ..Question::about(&url)
        };
        answer::read(&answer, &question)
    }
}

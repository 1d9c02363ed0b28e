#[inline]
#[must_use = "a request does nothing until it is sent"]
#[deprecated = "the API deprecates it, and says so in a text that is longer than a line of a hundred columns is"]
pub struct One {}

#[expect(clippy::too_many_arguments, reason = "the API requires them all")]
pub struct Two {}

#[expect(
    clippy::should_implement_trait,
    reason = "the name is the API's, and nobody else's"
)]
pub struct Three {}

#[cfg(any(
    feature = "a-resource",
    feature = "another-resource",
    feature = "one-more-resource"
))]
mod long;
#[cfg(any(feature = "a", feature = "b", feature = "c"))]
mod short;
#[cfg(feature = "a-resource-with-a-name-that-is-longer-than-the-limit-of-seventy-columns-is")]
mod single;

#[cfg(feature = "a-resource-with-a-name-that-leaves-no-room-for-what-is-imported-below-it-")]
pub use a::A;

#[cfg(
    feature = "a-resource-with-a-name-that-leaves-no-room-for-what-is-imported-below-it-----"
)]
pub use a::A;

#[cfg(feature = "a-resource-with-a-name-that-leaves-no-room-for-what-is-imported-below-it-----")]
mod a;

#[cfg(any(feature = "a-resource", feature = "a-resource-of-seventy-columns-this"))]
mod just_short;

#[cfg(any(
    feature = "a-resource",
    feature = "a-resource-of-seventy-columns-these"
))]
mod just_too_long;

#[cfg(any(
    feature = "a-resource",
    feature = "a-resource-with-a-name-that-is-longer-than-a-line-of-a-hundred-columns-is-and-that-cannot-be-broken"
))]
mod too_long;

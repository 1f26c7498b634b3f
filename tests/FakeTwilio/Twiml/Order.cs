using System.Xml.Linq;

namespace TwilioFake.Twiml;

/// <summary>Where a call's next TwiML is.</summary>
internal abstract record Order
{
    public sealed record Inline(string Text) : Order;

    public sealed record At(string Url, string Method, string? FallbackUrl = null, string FallbackMethod = "POST") : Order;

    /// <summary>The address an action or Redirect names: absolute, or seen from the document it stands in.</summary>
    public static string Resolve(string? from, string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var whole) && whole.Scheme.StartsWith("http", StringComparison.Ordinal) ? address
        : from is not null ? new Uri(new Uri(from), address).AbsoluteUri : address;
}

/// <summary>How a document, or a verb, ended.</summary>
internal enum Flow
{
    /// <summary>The next verb is due.</summary>
    Next,

    /// <summary>Another document took its place; its end counts.</summary>
    Replaced,

    /// <summary>The call is to end.</summary>
    HangUp,
}

/// <summary>A document that is being played.</summary>
internal sealed record Sheet(XElement Response, string? Url);

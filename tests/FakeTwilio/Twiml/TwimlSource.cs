using System.Xml;
using System.Xml.Linq;
using TwilioFake.Network;
using TwilioFake.Webhooks;

namespace TwilioFake.Twiml;

/// <summary>Fetches TwiML from the customer's server, and reads it.</summary>
internal sealed class TwimlSource(World world, Events events, Postman postman)
{
    /// <summary>The document at an address, or null (noted as an error) if there is none.</summary>
    public async Task<XElement?> FetchAsync(FakeCall call, string url, string method, IReadOnlyList<KeyValuePair<string, string>> more, CancellationToken ct)
    {
        List<KeyValuePair<string, string>> form;
        lock (world.Gate)
            form = [.. events.About(call), .. more];
        var webhook = new Webhook("twiml", "twiml", call.Sid, call.To, call.Sid, url, method, form);
        var delivery = await postman.DeliverAsync(webhook, 1, world.Options.AuthToken, ct);
        return delivery.Good ? Read(call, delivery.Body) : null;
    }

    public XElement? Read(FakeCall call, string text)
    {
        try
        {
            var root = XDocument.Parse(text).Root!;
            if (root.Name == "Response")
                return root;
            Complain($"12100 {call.Sid}: the root is {root.Name}, not Response");
        }
        catch (XmlException error)
        {
            Complain($"12100 {call.Sid}: {error.Message}");
        }
        return null;
    }

    public void Complain(string error)
    {
        lock (world.Gate)
            world.Errors.Add(error);
        world.Pulse();
    }
}

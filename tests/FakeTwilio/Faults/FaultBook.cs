using TwilioFake.Network;
using TwilioFake.Webhooks;

namespace TwilioFake.Faults;

/// <summary>The faults that were ordered and not used up yet.</summary>
internal sealed class FaultBook
{
    private readonly Lock gate = new();
    private readonly List<(RequestFault Fault, int Seen)> requests = [];
    private readonly List<(WebhookFault Fault, int Used)> webhooks = [];
    private readonly Storm storm = new();

    /// <summary>What may befall every request and webhook from now on.</summary>
    public void Become(Weather weather) => storm.Become(weather);

    public void Add(RequestFault fault)
    {
        lock (gate)
            requests.Add((fault, 0));
    }

    public void Add(WebhookFault fault)
    {
        lock (gate)
            webhooks.Add((fault, 0));
    }

    public void Clear()
    {
        lock (gate)
        {
            requests.Clear();
            webhooks.Clear();
            storm.Become(Weather.Clear);
        }
    }

    /// <summary>The first fault that fits and is not used up, which is used once; else what the weather does.</summary>
    public RequestFault? For(string method, string path, Form form)
    {
        lock (gate)
        {
            for (var place = 0; place < requests.Count; place++)
            {
                var (fault, seen) = requests[place];
                var fits = (fault.Method ?? method) == method && path.Contains(fault.Path ?? "", StringComparison.Ordinal) && (fault.To ?? form["To"]) == form["To"];
                if (!fits || seen >= fault.After + fault.Times)
                    continue;
                requests[place] = (fault, seen + 1);
                if (seen >= fault.After)
                    return fault;
            }
            return storm.OfRequest(method, path);
        }
    }

    public WebhookFault? For(Webhook webhook)
    {
        lock (gate)
        {
            var place = webhooks.FindIndex(entry => entry.Used < entry.Fault.Times && (entry.Fault.Kind ?? webhook.Kind) == webhook.Kind
                && (entry.Fault.Event ?? webhook.Event) == webhook.Event && (entry.Fault.To ?? webhook.To) == webhook.To);
            if (place < 0)
                return storm.OfWebhook();
            webhooks[place] = (webhooks[place].Fault, webhooks[place].Used + 1);
            return webhooks[place].Fault;
        }
    }
}

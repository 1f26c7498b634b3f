namespace Callback.Planning;

/// <summary>Why an order is not callable now. What would change it stands in each member; screens say it as <c>reason.{member}</c> and <c>remedy.{member}</c>.</summary>
public enum BlockReason
{
    /// <summary>The campaign is a draft, paused or ended; starting it changes this.</summary>
    CampaignNotRunning,

    /// <summary>The campaign's first day is still to come.</summary>
    CampaignNotStarted,

    /// <summary>The campaign's last day is over; a later last day changes this.</summary>
    CampaignOver,

    /// <summary>Payment reminder: the customer has paid. For good.</summary>
    OrderPaid,

    /// <summary>The order went on – shipped, delivered – and with it the matter of the call is over. For good.</summary>
    OrderMovedOn,

    /// <summary>The platform closed the order. For good.</summary>
    OrderClosed,

    /// <summary>The order was refunded. For good.</summary>
    OrderRefunded,

    /// <summary>The order has not got as far as the purpose needs (not delivered yet); an import that says so changes this.</summary>
    OrderNotReady,

    /// <summary>Nothing was reported that would make the order a case for the purpose: no stock missing, no refund asked for …; a report or an import that says so changes this.</summary>
    NoCase,

    /// <summary>Delivery call-back: the customer asked for a refund or complained, and it is not closed; closing it, or taking the report back, changes this.</summary>
    RefundOpen,

    /// <summary>The person asked not to be called again. For good, for every purpose.</summary>
    DoNotCall,

    /// <summary>A suppression of the phone, the buyer or the order applies, until it expires or is lifted.</summary>
    Suppressed,

    /// <summary>The call about this order and purpose was made. Only a grant changes this.</summary>
    RightSpent,

    /// <summary>A further call was granted, and its time has not come.</summary>
    GrantNotDue,

    /// <summary>A further call was asked for, and another person has not approved it yet.</summary>
    GrantNotApproved,

    /// <summary>A further call was granted, and its time has passed.</summary>
    GrantExpired,

    /// <summary>The order is younger than the campaign's least age.</summary>
    TooYoung,

    /// <summary>The order is older than the campaign allows; a longer limit changes this.</summary>
    TooOld,

    /// <summary>Below the campaign's least amount.</summary>
    AmountTooLow,

    /// <summary>Above the campaign's largest amount.</summary>
    AmountTooHigh,

    /// <summary>The customer belongs to the share that is not called, so that the effect of calls can be measured.</summary>
    HeldOut,

    /// <summary>No phone number came with the order; an import that has one changes this.</summary>
    NumberMissing,

    /// <summary>The number came masked (138****1234); an import in clear changes this.</summary>
    NumberMasked,

    /// <summary>What came as a phone number is none; a corrected import changes this.</summary>
    NumberInvalid,

    /// <summary>The platform's privacy number has run out; an import with a new one changes this.</summary>
    NumberExpired,

    /// <summary>Nothing tells the called party's time zone; an address or a zone in the order changes this.</summary>
    ZoneUnknown,

    /// <summary>The policy forbids this class of call without the customer's consent, and none is recorded.</summary>
    ConsentMissing,

    /// <summary>What the shop knows of the order is older than the campaign allows; a fresh import changes this.</summary>
    DataTooOld,

    /// <summary>The same number is in a call now, or in one of which it is not known yet whether it rang.</summary>
    LiveCall,

    /// <summary>The person was called often enough in the last 24 hours, over all purposes.</summary>
    PersonCapDay,

    /// <summary>The person was called often enough in the last 7 days, over all purposes.</summary>
    PersonCapWeek,

    /// <summary>The person was called often enough in the last 30 days, over all purposes.</summary>
    PersonCapMonth,

    /// <summary>The policy leaves a person alone for a time after a talk.</summary>
    CoolDown,

    /// <summary>The campaign has made its calls of today.</summary>
    CampaignCap,

    /// <summary>No call may start at this hour where the called party is.</summary>
    WindowClosed,
}
